/**
 * Decodes one HEIC file (ISO 23008-12) in its own thread, with libheif as WebAssembly, so that a
 * malicious file affects only the memory of this thread. Started by heic.ts.
 */
import { parentPort, workerData } from "node:worker_threads";
import libheif from "libheif-js/libheif-wasm/libheif-bundle.mjs";

const PAGE_BYTES = 65_536;
const { file, maxPixels, maxMemoryBytes } = workerData;

// A thread's resource limits exclude WebAssembly memory. Refused growth fails the allocation there.
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function growWithin(pages) {
  if (this.buffer.byteLength + pages * PAGE_BYTES > maxMemoryBytes)
    throw new RangeError("Too much");
  return grow.call(this, pages);
};

/** @returns {Promise<{ width: number, height: number, data: Uint8ClampedArray } | { refused: string }>} */
async function decode() {
  const [image] = new (libheif().HeifDecoder)().decode(file);
  if (!image) return { refused: "photoDamaged" };
  // libheif has applied the rotation; the EXIF orientation repeats it and is not read.
  const width = image.get_width();
  const height = image.get_height();
  if (!(width > 0 && height > 0)) return { refused: "photoDamaged" };
  if (width * height > maxPixels) return { refused: "photoTooManyPixels" };
  const rgba = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const shown = await new Promise((done) => image.display(rgba, done));
  return shown ? rgba : { refused: "photoDamaged" };
}

const answer = await decode().catch(() => ({ refused: "photoDamaged" }));
parentPort?.postMessage(answer, "data" in answer ? [answer.data.buffer] : []);
