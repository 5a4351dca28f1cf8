/** The icons of the installed app: the logo on the background colour. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { backgroundColour } from "../../app/background-colour";

export type Icon = {
  file: string;
  /** Width and height in pixels. */
  size: number;
  /** The width of the logo as a fraction of `size`. */
  part: number;
  /** The radius of the background's corners as a fraction of `size`. */
  corner: number;
};

/** Maskable icons: phones may cut off everything outside a circle of 80 % (W3C, Web Application Manifest). */
export const icons: Icon[] = [
  { file: "public/icons/icon-192.png", size: 192, part: 0.74, corner: 0.22 },
  { file: "public/icons/icon-512.png", size: 512, part: 0.74, corner: 0.22 },
  { file: "public/icons/maskable-512.png", size: 512, part: 0.6, corner: 0 },
  { file: "app/apple-icon.png", size: 180, part: 0.7, corner: 0 },
];

/** The logo in its light theme: a home screen has no theme. */
const logo = () =>
  readFileSync("app/icon.svg", "utf8")
    .replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/, "")
    .replace("<svg ", '<svg width="960" height="960" ');

/** @returns the icon as a PNG */
export async function pngOf({ size, part, corner }: Icon): Promise<Buffer> {
  const side = Math.round(size * part);
  const face = await sharp(Buffer.from(logo())).resize(side).png().toBuffer();
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" rx="${size * corner}" fill="${backgroundColour.light}"/></svg>`;
  return sharp(Buffer.from(sheet))
    .composite([{ input: face }])
    .png()
    .toBuffer();
}
