/** Validates an uploaded image and re-encodes it. */
import sharp from "sharp";
import { DomainError } from "../../domain/kernel/errors";
import {
  imageKindOf,
  MAX_PHOTO_BYTES,
  MAX_PHOTO_PIXELS,
  PHOTO_SIDE_PIXELS,
  SQUARE_SIDE_PIXELS,
} from "../../domain/photo/photo";
import { decodeHeic, type Pixels } from "./heic";

// Blocks all other loaders, to reduce the attack surface.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer",
    "VipsForeignLoadNsgifBuffer",
  ],
});
// No operation is repeated, so the cache is useless.
sharp.cache(false);

export type Picture = {
  contentType: "image/webp";
  /** At most PHOTO_SIDE_PIXELS wide and high, upright, without metadata. */
  bytes: Uint8Array<ArrayBuffer>;
  /** SQUARE_SIDE_PIXELS by SQUARE_SIDE_PIXELS. */
  square: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
};

/** The target size of the large picture; the quality is lowered until it fits. */
const TARGET_BYTES = 200_000;
const QUALITIES = [80, 70, 60, 45, 30];
const RESIZE_TIMEOUT_SECONDS = 20;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Decodes, rotates, shrinks and re-encodes an image; of an animation the first frame. One at a time:
 * 50 million pixels take 200 MB of memory.
 * @throws DomainError photoTooLarge {max} MB, photoNotAPicture, photoTooManyPixels {max} millions,
 *   photoDamaged
 */
export function makePicture(file: Uint8Array): Promise<Picture> {
  const made = turn.then(() => convert(file));
  turn = made.catch(() => undefined);
  return made;
}

async function convert(file: Uint8Array): Promise<Picture> {
  if (file.length > MAX_PHOTO_BYTES) throw tooLarge();
  const kind = imageKindOf(file);
  if (!kind) throw new DomainError("photoNotAPicture");
  await requireFewPixels(file);
  const decoded = kind === "heic" ? await decodeHeic(file) : null;
  try {
    const upright = await (decoded ? opaque(decoded) : open(file).autoOrient())
      .resize(PHOTO_SIDE_PIXELS, PHOTO_SIDE_PIXELS, { fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: RESIZE_TIMEOUT_SECONDS })
      // Raw pixels, which are encoded several times without decoding the file again.
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = upright.info;
    const small = () => sharp(upright.data, { raw: { width, height, channels } });
    const square = await small()
      .resize(SQUARE_SIDE_PIXELS, SQUARE_SIDE_PIXELS, { fit: "cover", position: "attention" })
      .webp({ quality: 80 })
      .toBuffer();
    let bytes = Buffer.alloc(0);
    for (const quality of QUALITIES) {
      bytes = await small().webp({ quality }).toBuffer();
      if (bytes.length <= TARGET_BYTES) break;
    }
    return {
      contentType: "image/webp",
      bytes: new Uint8Array(bytes),
      square: new Uint8Array(square),
      width,
      height,
    };
  } catch {
    throw new DomainError("photoDamaged");
  }
}

/** sharp drops metadata, such as place and time, unless configured to retain it. */
const open = (file: Uint8Array) =>
  sharp(file, { failOn: "error", limitInputPixels: MAX_PHOTO_PIXELS, sequentialRead: true });

const opaque = ({ data, width, height }: Pixels) =>
  sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();

/** Checks the dimensions before decoding: a few bytes can claim billions of pixels. */
async function requireFewPixels(file: Uint8Array): Promise<void> {
  const tooMany = () =>
    new DomainError("photoTooManyPixels", { max: MAX_PHOTO_PIXELS / 1_000_000 });
  const { width, height } = await open(file)
    .metadata()
    .catch((error: unknown) => {
      // sharp reports it only in the message.
      throw /pixel limit/.test(String(error)) ? tooMany() : new DomainError("photoDamaged");
    });
  if (width * height > MAX_PHOTO_PIXELS) throw tooMany();
}

/** The error for a file over MAX_PHOTO_BYTES. */
export const tooLarge = () =>
  new DomainError("photoTooLarge", { max: MAX_PHOTO_BYTES / (1024 * 1024) });
