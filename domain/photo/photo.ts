/** Photos of members and listings: which files are accepted, and the URL of a photo. */

/** Well above the photos of phone cameras. */
export const MAX_PHOTO_BYTES = 12 * 1024 * 1024;
/** Width times height of an uploaded photo; cameras make up to 50 million. */
export const MAX_PHOTO_PIXELS = 50_000_000;
/** Photos of one member: the portrait and those of all listings, closed ones included. */
export const MAX_PHOTOS = 100;
/** The longer side of the stored photo. */
export const PHOTO_SIDE_PIXELS = 1280;
/** Both sides of the stored thumbnail. */
export const SQUARE_SIDE_PIXELS = 192;

/** For the form's `accept` attribute. */
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

/** The path of a photo, whose content never changes. */
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
/** The brands of still images and sequences in HEVC. */
const HEIC = ["heic", "heix", "heim", "heis", "hevc", "hevx"].map(letters);
const MAX_BRANDS = 16;

/**
 * The kind of an image by its first bytes; its name and declared type are ignored. Null for every other
 * kind, such as SVG, which can contain scripts.
 */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  if (startsWith(bytes, JPEG)) return "jpeg";
  if (startsWith(bytes, PNG)) return "png";
  if (startsWith(bytes, RIFF) && startsWith(bytes, WEBP, 8)) return "webp";
  if (GIF.some((start) => startsWith(bytes, start))) return "gif";
  if (!startsWith(bytes, FILE_TYPE, 4)) return null;
  // The major brand, four bytes of version, and the compatible brands.
  const places = [8, ...Array.from({ length: MAX_BRANDS }, (_, index) => 16 + 4 * index)];
  const end = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
  const has = (brands: readonly number[][]) =>
    places.some(
      (place) => place + 4 <= end && brands.some((brand) => startsWith(bytes, brand, place)),
    );
  if (has(AVIF)) return "avif";
  return has(HEIC) ? "heic" : null;
}
