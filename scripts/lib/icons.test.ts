/** Compares the committed icons with those that scripts/make-icons.ts renders. */
import { existsSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { icons, pngOf } from "./icons";

/** Formats that server/photo blocks in the whole process. */
const readers = { operation: ["VipsForeignLoadSvgBuffer", "VipsForeignLoadPngFile"] };
beforeAll(() => sharp.unblock(readers));
// A later test file of this process may test the blocking.
afterAll(() => sharp.block(readers));

const pixels = (input: Buffer | string) =>
  sharp(input).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

/** The mean difference of a channel, from 0 to 255. Another version of sharp may render edges differently. */
async function difference(one: Buffer | string, other: Buffer | string): Promise<number> {
  const [a, b] = await Promise.all([pixels(one), pixels(other)]);
  if (a.data.length !== b.data.length) return 255;
  let sum = 0;
  for (const [index, value] of a.data.entries()) sum += Math.abs(value - (b.data[index] ?? 0));
  return sum / a.data.length;
}

describe.each(icons)("$file", (icon) => {
  it("exists in its size", async () => {
    expect(existsSync(icon.file)).toBe(true);
    const { width, height, format } = await sharp(icon.file).metadata();
    expect({ width, height, format }).toEqual({
      width: icon.size,
      height: icon.size,
      format: "png",
    });
  });

  it("shows the current logo", async () => {
    expect(await difference(icon.file, await pngOf(icon))).toBeLessThan(1);
  });

  it("differs measurably from a smaller logo", async () => {
    const smaller = await pngOf({ ...icon, part: icon.part * 0.9 });
    expect(await difference(icon.file, smaller)).toBeGreaterThan(1);
  });
});
