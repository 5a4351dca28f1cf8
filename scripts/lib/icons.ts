/** What the icons of the installed app are made of: the mark, on paper where a phone cuts it to shape. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { backgroundColour } from "../../app/background-colour";

export type Icon = {
  file: string;
  /** Pixels of a side. */
  size: number;
  /** How much of the side the mark takes. */
  part: number;
  /** How round the paper's corners are, as a part of the side. */
  corner: number;
};

/** Maskable: phones may cut off all that lies outside a circle of 80 % (W3C, manifest). */
export const icons: Icon[] = [
  { file: "public/icons/icon-192.png", size: 192, part: 0.74, corner: 0.22 },
  { file: "public/icons/icon-512.png", size: 512, part: 0.74, corner: 0.22 },
  { file: "public/icons/maskable-512.png", size: 512, part: 0.6, corner: 0 },
  { file: "app/apple-icon.png", size: 180, part: 0.7, corner: 0 },
];

/** The mark by day: on a phone's home screen there is no theme to follow. */
const mark = () =>
  readFileSync("app/icon.svg", "utf8")
    .replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/, "")
    .replace("<svg ", '<svg width="960" height="960" ');

/** @returns the icon as a PNG */
export async function pngOf({ size, part, corner }: Icon): Promise<Buffer> {
  const side = Math.round(size * part);
  const face = await sharp(Buffer.from(mark())).resize(side).png().toBuffer();
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" rx="${size * corner}" fill="${backgroundColour.light}"/></svg>`;
  return sharp(Buffer.from(sheet))
    .composite([{ input: face }])
    .png()
    .toBuffer();
}
