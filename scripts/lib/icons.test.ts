/** The icons in the tree are those that scripts/make-icons.ts makes of the mark. */
import { existsSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { icons, pngOf } from "./icons";

/** What the product refuses to read, in the whole process: server/services/picture.ts. */
const readers = { operation: ["VipsForeignLoadSvgBuffer", "VipsForeignLoadPngFile"] };
beforeAll(() => sharp.unblock(readers));
// The next file of this process may be the one that tests the refusal.
afterAll(() => sharp.block(readers));

const pixels = (input: Buffer | string) =>
  sharp(input).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

/** The mean difference of a channel, from 0 to 255; another version may draw an edge otherwise. */
async function difference(one: Buffer | string, other: Buffer | string): Promise<number> {
  const [a, b] = await Promise.all([pixels(one), pixels(other)]);
  if (a.data.length !== b.data.length) return 255;
  let sum = 0;
  for (const [index, value] of a.data.entries()) sum += Math.abs(value - (b.data[index] ?? 0));
  return sum / a.data.length;
}

describe.each(icons)("$file", (icon) => {
  it("is there in its size", async () => {
    expect(existsSync(icon.file)).toBe(true);
    const { width, height, format } = await sharp(icon.file).metadata();
    expect({ width, height, format }).toEqual({
      width: icon.size,
      height: icon.size,
      format: "png",
    });
  });

  it("shows the mark as it is now", async () => {
    expect(await difference(icon.file, await pngOf(icon))).toBeLessThan(1);
  });

  it("would be found to differ", async () => {
    const smaller = await pngOf({ ...icon, part: icon.part * 0.9 });
    expect(await difference(icon.file, smaller)).toBeGreaterThan(1);
  });
});
