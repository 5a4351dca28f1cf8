/** Photos of people and of what they offer: what may come in, and under which address it is shown. */

/** Bytes; what a phone's camera makes is well below. */
export const MAX_PHOTO_BYTES = 12 * 1024 * 1024;
/** Width times height of what comes in; cameras make up to 50 million. */
export const MAX_PHOTO_PIXELS = 50_000_000;
/** Photos of one member: of themselves and of their listings, open or closed. */
export const MAX_PHOTOS = 100;
/** The longer side of what is kept, in pixels. */
export const PHOTO_SIDE = 1280;
/** Both sides of the small one, in pixels. */
export const SQUARE_SIDE = 192;

/** What the form asks a device for. */
export const PHOTO_TYPES = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/avif",
  "image/gif",
  "image/heic",
  "image/heif",
  ".heic",
  ".heif",
];

export const photoSizes = ["large", "square"] as const;
export type PhotoSize = (typeof photoSizes)[number];

/** The address of a photo; what is behind it never changes. */
export const photoPath = (community: string, id: string, size: PhotoSize): string =>
  `/api/photos/${community}/${id}/${size}`;

type ImageKind = "jpeg" | "png" | "webp" | "avif" | "gif" | "heic";

const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean =>
  start.every((byte, index) => bytes[at + index] === byte);
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = letters("RIFF");
const WEBP = letters("WEBP");
const FILE_TYPE = letters("ftyp");
const GIF = [letters("GIF87a"), letters("GIF89a")];
const AVIF = [letters("avif"), letters("avis")];
/** Pictures and series of them in HEVC, which is what "heic" stands for. */
const HEIC = ["heic", "heix", "heim", "heis", "hevc", "hevx"].map(letters);
/** How many brands of a file are looked at. */
const BRANDS = 16;

/**
 * What kind of picture a file is by its first bytes, whatever its name or the sender says; null for
 * everything that is not let in, such as drawings that can hold scripts.
 */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  if (startsWith(bytes, JPEG)) return "jpeg";
  if (startsWith(bytes, PNG)) return "png";
  if (startsWith(bytes, RIFF) && startsWith(bytes, WEBP, 8)) return "webp";
  if (GIF.some((start) => startsWith(bytes, start))) return "gif";
  if (!startsWith(bytes, FILE_TYPE, 4)) return null;
  // The brand, four bytes of version, and then the brands that it is compatible with.
  const places = [8, ...Array.from({ length: BRANDS }, (_, index) => 16 + 4 * index)];
  const end = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
  const has = (brands: readonly number[][]) =>
    places.some(
      (place) => place + 4 <= end && brands.some((brand) => startsWith(bytes, brand, place)),
    );
  if (has(AVIF)) return "avif";
  return has(HEIC) ? "heic" : null;
}
