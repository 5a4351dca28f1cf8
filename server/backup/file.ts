/**
 * The backup file: gzip-compressed lines of text, readable with zcat, followed by the SHA-256 of all compressed
 * bytes. The text is a header, then for each table a line with its name and columns, its rows in PostgreSQL's
 * COPY format, and a line with their number and SHA-256.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { makePrivateFolder } from "../platform/files";

/** A failure that the operator can fix. The message says how. */
export class BackupError extends Error {}

const headerShape = z.strictObject({
  evenhourBackup: z.literal(1),
  /** The version of Evenhour. */
  version: z.string(),
  postgres: z.string(),
  takenAt: z.iso.datetime(),
  /** The migrations of the database, in the order in which they were applied. */
  migrations: z.array(z.string()),
  /** The number of violations that check_books found when the backup was taken. */
  violations: z.int(),
});
export type Header = z.infer<typeof headerShape>;

const tableShape = z.strictObject({ table: z.string(), columns: z.array(z.string()) });
const sumShape = z.strictObject({ rows: z.int(), sha256: z.string() });
const endShape = z.strictObject({ tables: z.int() });

/** The number of rows of a table, and the SHA-256 of their text in the order of the primary key. */
export type Sum = z.infer<typeof sumShape>;

export type WrittenTable = {
  name: string;
  columns: string[];
  /** Chunks of complete lines. */
  rows: AsyncIterable<Buffer>;
};

/** COPY escapes every backslash in the data, so no row equals this line. */
const END_OF_ROWS = Buffer.from("\\.\n");
const NEWLINE = 10;
/** The limit for header lines; rows may be longer. */
const MAX_LINE_BYTES = 1_000_000;

const trailer = (digest: string) => Buffer.from(`\nevenhour backup sha256 ${digest}\n`);
const TRAILER_BYTES = trailer("0".repeat(64)).length;

/** Counts and hashes rows incrementally. */
export function makeSum() {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(chunk: Buffer): void {
      hash.update(chunk);
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) rows += 1;
    },
    result: (): Sum => ({ rows, sha256: hash.digest("hex") }),
  };
}

/**
 * Writes a backup to a temporary file, and renames it once it is complete and on the disk.
 * @returns the sum of each table
 */
export async function writeBackup(
  path: string,
  header: Header,
  tables: WrittenTable[],
): Promise<Map<string, Sum>> {
  const sums = new Map<string, Sum>();
  async function* text() {
    yield `${JSON.stringify(header)}\n`;
    for (const { name, columns, rows } of tables) {
      yield `${JSON.stringify({ table: name, columns })}\n`;
      const running = makeSum();
      for await (const chunk of rows) {
        running.add(chunk);
        yield chunk;
      }
      const sum = running.result();
      sums.set(name, sum);
      yield `${END_OF_ROWS}${JSON.stringify(sum)}\n`;
    }
    yield `${JSON.stringify({ tables: tables.length })}\n`;
  }
  async function* withTrailer(chunks: AsyncIterable<Buffer>) {
    const hash = createHash("sha256");
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
    yield trailer(hash.digest("hex"));
  }
  const folder = dirname(path);
  // An existing folder may be shared on purpose; the file is private anyway.
  if (!existsSync(folder)) makePrivateFolder(folder);
  const part = `${path}.part`;
  try {
    // Readable by its owner only, as the database is.
    await rm(part, { force: true });
    const file = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(Readable.from(text()), createGzip(), withTrailer, file);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return sums;
}

/**
 * Verifies the checksum of a backup, then reads it. `onTable` receives the tables in order, must read all rows
 * of each and returns their sum.
 * @throws BackupError when the file is missing, damaged, incomplete, malformed or not a backup
 */
export async function readBackup(path: string): Promise<{
  header: Header;
  tables: (
    onTable: (name: string, columns: string[], rows: AsyncIterable<Buffer>) => Promise<Sum>,
  ) => Promise<void>;
}> {
  const length = await verifyTrailer(path);
  const openText = () => {
    const chunks = createReadStream(path, { end: length - 1 });
    const unzipped = createGunzip();
    // pipe() does not forward errors.
    chunks.on("error", (error) => unzipped.destroy(error));
    return makeTextReader(chunks.pipe(unzipped), path);
  };
  const readLine = async <Shape extends z.ZodType>(text: Text, shape: Shape) => {
    const result = shape.safeParse(parseJson(await text.line()));
    if (result.success) return result.data;
    throw new BackupError(malformed(path));
  };
  const readHeader = async (text: Text) => {
    const line = parseJson(await text.line());
    const result = headerShape.safeParse(line);
    if (result.success) return result.data;
    // A later format has a higher number.
    const isNewer = z.looseObject({ evenhourBackup: z.int().min(2) }).safeParse(line).success;
    throw new BackupError(
      isNewer
        ? `${path} was made by a newer version of Evenhour: bring Evenhour up to date, then restore it.`
        : malformed(path),
    );
  };
  const first = openText();
  const header = await readHeader(first).finally(first.close);
  return {
    header,
    tables: async (onTable) => {
      const text = openText();
      await readHeader(text);
      for (let count = 0; ; count += 1) {
        const line = await readLine(text, z.union([endShape, tableShape]));
        if ("tables" in line) {
          if (line.tables !== count) throw new BackupError(malformed(path));
          return text.close();
        }
        const { table, columns } = line;
        const sum = await onTable(table, columns, text.rows());
        const expected = await readLine(text, sumShape);
        if (sum.rows !== expected.rows || sum.sha256 !== expected.sha256) {
          throw new BackupError(
            `The table "${table}" is not after the restore what it was in the backup: nothing was changed.`,
          );
        }
      }
    },
  };
}

const malformed = (path: string): string =>
  `${path} is whole, but what is inside is no backup that Evenhour wrote: nothing was changed. Use another backup.`;

/** The value of a line of JSON; undefined for anything else. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Verifies the checksum at the end of the file. @returns the number of bytes before it */
async function verifyTrailer(path: string): Promise<number> {
  const { size } = await stat(path).catch(() => {
    throw new BackupError(`There is no file ${path}: give the path of a backup.`);
  });
  const damaged = new BackupError(
    `${path} is damaged, only half written, or no backup of Evenhour: nothing was changed. Use another backup.`,
  );
  const length = size - TRAILER_BYTES;
  if (length <= 0) throw damaged;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(chunk);
  const file = await open(path);
  try {
    const stored = Buffer.alloc(TRAILER_BYTES);
    await file.read(stored, 0, TRAILER_BYTES, length);
    if (!stored.equals(trailer(hash.digest("hex")))) throw damaged;
  } finally {
    await file.close();
  }
  return length;
}

type Text = ReturnType<typeof makeTextReader>;

/** Reads single lines, and rows up to END_OF_ROWS, from chunks that may end anywhere. */
function makeTextReader(stream: Readable, path: string) {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const take = (length: number) => {
    const head = rest.subarray(0, length);
    rest = rest.subarray(length);
    return head;
  };
  const readMore = async () => {
    const { value, done } = await chunks.next().catch((error: unknown) => {
      throw new BackupError(malformed(path), { cause: error });
    });
    if (done) throw new BackupError(malformed(path));
    rest = rest.length > 0 ? Buffer.concat([rest, value]) : value;
  };
  return {
    async line(): Promise<string> {
      while (!rest.includes(NEWLINE)) {
        if (rest.length > MAX_LINE_BYTES) throw new BackupError(malformed(path));
        await readMore();
      }
      return take(rest.indexOf(NEWLINE) + 1).toString();
    },
    async *rows(): AsyncGenerator<Buffer> {
      for (;;) {
        if (rest.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) {
          take(END_OF_ROWS.length);
          return;
        }
        const end = rest.indexOf(`\n${END_OF_ROWS}`);
        const length = end >= 0 ? end + 1 : rest.lastIndexOf(NEWLINE) + 1;
        if (length > 0) yield take(length);
        else await readMore();
      }
    },
    close: () => void stream.destroy(),
  };
}
