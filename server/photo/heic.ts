/**
 * Decodes HEIC, the photo format of iPhones. sharp's prebuilt libvips lacks HEVC, which is patented;
 * libheif as WebAssembly has it (docs/decisions/011-photos-in-the-database.md).
 */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { DomainError } from "../../domain/kernel/errors";
import { MAX_PHOTO_PIXELS } from "../../domain/photo/photo";

/** 50 million pixels take some five seconds. */
const DECODE_TIMEOUT_MS = 60_000;
/** 50 million pixels need 450 MB. */
const MAX_MEMORY_BYTES = 640 * 1024 * 1024;
const HEAP_MB = 128;

const answer = z.union([
  z.object({ width: z.int(), height: z.int(), data: z.instanceof(Uint8ClampedArray) }),
  z.object({ refused: z.enum(["photoDamaged", "photoTooManyPixels"]) }),
]);

export type Pixels = { width: number; height: number; data: Uint8ClampedArray };

/**
 * The pixels of a HEIC file, upright, four channels each.
 * @throws DomainError photoDamaged, also when decoding exceeds the time or memory limit;
 *   photoTooManyPixels {max} millions
 */
export async function decodeHeic(file: Uint8Array, timeoutMs = DECODE_TIMEOUT_MS): Promise<Pixels> {
  // Not bundled by Next: the thread loads the source file.
  const worker = new Worker(join(process.cwd(), "server/photo/heic-worker.mjs"), {
    workerData: { file, maxPixels: MAX_PHOTO_PIXELS, maxMemoryBytes: MAX_MEMORY_BYTES },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: HEAP_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  const answered = await new Promise<unknown>((done) => {
    timer = setTimeout(done, timeoutMs);
    worker.once("message", done);
    worker.once("error", done);
    worker.once("exit", done);
  });
  clearTimeout(timer);
  await worker.terminate();
  const made = answer.safeParse(answered);
  if (!made.success) throw new DomainError("photoDamaged");
  if (!("refused" in made.data)) return made.data;
  const { refused } = made.data;
  throw new DomainError(
    refused,
    refused === "photoTooManyPixels" ? { max: MAX_PHOTO_PIXELS / 1_000_000 } : {},
  );
}
