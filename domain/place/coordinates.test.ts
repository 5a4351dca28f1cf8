import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pointFromText, textOfPoint } from "./coordinates";
import { coarse, coarseFromDegrees, MAX_LATITUDE, MAX_LONGITUDE } from "./distance";

const MADRID = coarseFromDegrees(40.417, -3.703);

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const written = (value: number) => value.toFixed(5);
const arabic = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit))).replace(".", "٫");

/** Notations of the same two numbers. */
const notations: ((north: string, east: string) => string)[] = [
  (north, east) => `${north}, ${east}`,
  (north, east) => `  ${north},${east} `,
  (north, east) => `${north} ${east}`,
  (north, east) => `${north}; ${east}`,
  (north, east) => `${north}°, ${east}°`,
  (north, east) => `${north}, ${east}`.replaceAll("-", "−"),
  (north, east) => `${north.replace(".", ",")}; ${east.replace(".", ",")}`,
  (north, east) => `${north.replace(".", ",")} ${east.replace(".", ",")}`,
  (north, east) => `${north.replace(".", ",")}, ${east.replace(".", ",")}`,
  (north, east) => `‎${arabic(north)}، ${arabic(east)}`,
];

describe("pointFromText", () => {
  it("reads every notation and rounds to the grid", () =>
    fc.assert(
      fc.property(latitude, longitude, fc.constantFrom(...notations), (north, east, notation) => {
        const [n, e] = [written(north), written(east)];
        expect(pointFromText(notation(n, e))).toEqual(coarseFromDegrees(Number(n), Number(e)));
      }),
    ));

  it("reads compass directions", () => {
    for (const text of ["40.417 N, 3.703 W", "40.417° N, 3.703° W", "40,417 n 3,703 O"]) {
      expect([text, pointFromText(text)]).toEqual([text, MADRID]);
    }
    expect(pointFromText("40.417 S 3.703 E")).toEqual(coarseFromDegrees(-40.417, 3.703));
  });

  it("is the inverse of textOfPoint", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -MAX_LATITUDE, max: MAX_LATITUDE }),
        fc.integer({ min: -MAX_LONGITUDE, max: MAX_LONGITUDE }),
        (north, east) => {
          const point = coarse({ latitude: north, longitude: east });
          expect(pointFromText(textOfPoint(point))).toEqual(point);
        },
      ),
    ));

  it("refuses any other text", () => {
    const others = [
      "",
      " ",
      "Elm Street 5",
      "40.417",
      "40.417,",
      "1, 2, 3",
      "90.1, 0",
      "0, 180.1",
      "NaN NaN",
      "40.417 E, 3.703 W",
      "-40.417 S, 3.703 W",
      "40.417 N, 3.703 N",
      "1e1, 2",
      "0x10 3",
      `1${" ".repeat(200)}2`,
    ];
    for (const text of others) expect([text, pointFromText(text)]).toEqual([text, null]);
  });

  it("returns points of the grid only, and ends for any text", () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        const point = pointFromText(text);
        if (point) expect(coarse(point)).toEqual(point);
      }),
    ));
});
