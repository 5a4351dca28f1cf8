/** Makes of a file that somebody sent a picture that can be shown to others, or refuses it. */
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

// The library reads many kinds of files; each reader that nobody needs is one less to attack.
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
// Nothing is made twice, so nothing is worth keeping.
sharp.cache(false);

export type Picture = {
  contentType: "image/webp";
  /** At most PHOTO_SIDE_PIXELS pixels wide and high, upright, without what the camera noted beside it. */
  bytes: Uint8Array<ArrayBuffer>;
  /** SQUARE_SIDE_PIXELS by SQUARE_SIDE_PIXELS pixels. */
  square: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
};

/** Bytes that the large picture should have at most; a busy one is made coarser for it. */
const WANTED_BYTES = 200_000;
const QUALITIES = [80, 70, 60, 45, 30];
/** Seconds after which a picture is given up. */
const RESIZE_TIMEOUT_SECONDS = 20;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads, turns upright, shrinks and re-encodes; of an animation the first picture. One at a time: a
 * picture of 50 million pixels takes 200 MB while it is read.
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
      // Unpacked, to be packed twice and more without reading the file again.
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
      if (bytes.length <= WANTED_BYTES) break;
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

/** Metadata is never asked to be kept, so what the camera noted (place and time) stays behind. */
const open = (file: Uint8Array) =>
  sharp(file, { failOn: "error", limitInputPixels: MAX_PHOTO_PIXELS, sequentialRead: true });

const opaque = ({ data, width, height }: Pixels) =>
  sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();

/** Before anything is unpacked: a few bytes can claim to be a picture as large as a city. */
async function requireFewPixels(file: Uint8Array): Promise<void> {
  const tooMany = () =>
    new DomainError("photoTooManyPixels", { max: MAX_PHOTO_PIXELS / 1_000_000 });
  const { width, height } = await open(file)
    .metadata()
    .catch((error: unknown) => {
      // The library tells it in words only.
      throw /pixel limit/.test(String(error)) ? tooMany() : new DomainError("photoDamaged");
    });
  if (width * height > MAX_PHOTO_PIXELS) throw tooMany();
}

/** The refusal of a file that has too many bytes. */
export const tooLarge = () =>
  new DomainError("photoTooLarge", { max: MAX_PHOTO_BYTES / (1024 * 1024) });
