/** `npx tsx scripts/make-icons.ts`: renders the icons of the installed app from app/icon.svg. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { icons, pngOf } from "./lib/icons";

for (const icon of icons) {
  await mkdir(dirname(icon.file), { recursive: true });
  await writeFile(icon.file, await pngOf(icon));
}
