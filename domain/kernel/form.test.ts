import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { rulesShape } from "../community/schema";
import { emailChangeShape, signInShape } from "../identity/schema";
import { places } from "../listing/listing";
import { listingShape } from "../listing/schema";
import { readForm } from "./form";
import { line, readerShape, region, type Shape } from "./input";

/** The data of a form with these controls; a list stands for several controls of one name. */
function formOf(controls: Record<string, string | readonly string[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(controls)) {
    for (const each of [value].flat()) data.append(name, each);
  }
  return data;
}

const listingSchema = z.strictObject(listingShape);

const listing = {
  kind: "offer",
  title: "  Fresh bread ",
  description: "",
  category: "cooking",
  minutes: "90",
  places: ["mine", "online"],
  availability: "",
  language: "",
};

describe("the fields of a form", () => {
  it("are read as the schema's types, under its names only", () => {
    expect(readForm(listingShape, formOf({ ...listing, sneaky: "x", id: "1" }))).toEqual({
      kind: "offer",
      title: "Fresh bread",
      description: "",
      category: "cooking",
      minutes: 90,
      places: ["mine", "online"],
      availability: "",
      language: undefined,
    });
  });

  it("are accepted by the schema where the member filled them in", () => {
    const input = readForm(listingShape, formOf(listing));
    expect(listingSchema.safeParse(input)).toMatchObject({ success: true });
  });

  it("leave a password as it was typed", () => {
    expect(readForm(signInShape, formOf({ email: " a@b.org ", password: "  two words " }))).toEqual(
      { email: "a@b.org", password: "  two words " },
    );
  });

  it("are empty as the schema says: null, undefined or an empty text", () => {
    const shape = { region, again: emailChangeShape.again, ...readerShape, note: line(0, 20) };
    const empty = { region: "", again: " ", clock: "", firstDay: "", note: "" };
    expect(readForm(shape, formOf(empty))).toEqual({
      region: null,
      again: undefined,
      clock: null,
      firstDay: null,
      note: "",
    });
  });

  it("have NaN for what is no number", () => {
    for (const typed of ["", "soon", "1,5", "0x10", "1e9", "∞"]) {
      expect(readForm({ minutes: listingShape.minutes }, formOf({ minutes: typed }))).toEqual({
        minutes: Number.NaN,
      });
    }
  });

  it("have numbers below zero, and numbers among a few", () => {
    const rules = readForm(rulesShape, formOf({ floor: "-300", granularity: "15" }));
    expect(rules).toMatchObject({ floor: -300, granularity: 15 });
  });

  it("are false for an empty box, and an empty list for boxes of which none is ticked", () => {
    const shape = { balancesVisible: rulesShape.balancesVisible, places: listingShape.places };
    expect(readForm(shape, formOf({}))).toEqual({ balancesVisible: false, places: [] });
    expect(readForm(shape, formOf({ balancesVisible: "on", places: "mine" }))).toEqual({
      balancesVisible: true,
      places: ["mine"],
    });
  });

  it("are left out without a control, or where no control can hold them", () => {
    const shape = { ...listingShape, point: z.nullable(z.strictObject({ latitude: z.int() })) };
    expect(readForm(shape, formOf({ point: "1,2" }))).toEqual({ places: [] });
  });

  it("are a file's nowhere", () => {
    const data = formOf({});
    data.append("title", new Blob(["x"]), "x.png");
    data.append("places", new Blob(["x"]), "x.png");
    expect(readForm(listingShape, data)).toEqual({ title: "", places: [] });
  });

  it("survive writing and reading", () =>
    fc.assert(
      fc.property(
        fc.record({
          minutes: fc.integer(),
          places: fc.shuffledSubarray([...places]),
          sure: fc.boolean(),
          typed: fc.string({ unit: "grapheme" }),
        }),
        (values) => {
          const shape = {
            minutes: z.int(),
            places: listingShape.places,
            sure: z.boolean(),
            typed: z.string(),
          } satisfies Shape;
          const { minutes, sure, ...texts } = values;
          const controls = { minutes: String(minutes), ...texts, ...(sure && { sure: "on" }) };
          expect(readForm(shape, formOf(controls))).toEqual(values);
        },
      ),
    ));

  it("never throw, whatever was typed", () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys(listingShape), "__proto__"),
          fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "binary" }))),
        ),
        (typed) => {
          const input = readForm(listingShape, formOf(typed));
          expect(Object.keys(listingShape)).toEqual(expect.arrayContaining(Object.keys(input)));
          // Accepted or refused, as any other input.
          listingSchema.safeParse(input);
        },
      ),
    ));
});
