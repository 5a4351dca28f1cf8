/**
 * The backup file: gzip, and inside lines of text that anyone can read with zcat. First the header;
 * then for each table a line that names it, its rows as PostgreSQL's COPY writes them, and a line
 * with their number and SHA-256. After the gzip stands the SHA-256 of every byte before it.
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

/** A failure that the person at the terminal can mend; the message is a sentence that says how. */
export class BackupError extends Error {}

const headerShape = z.strictObject({
  evenhourBackup: z.literal(1),
  /** Of Evenhour, and of PostgreSQL. */
  version: z.string(),
  postgres: z.string(),
  takenAt: z.iso.datetime(),
  /** The database's, in the order in which they were applied. */
  migrations: z.array(z.string()),
  /** How many violations check_books named when the backup was taken. */
  violations: z.int(),
});
export type Header = z.infer<typeof headerShape>;

const tableShape = z.strictObject({ table: z.string(), columns: z.array(z.string()) });
const sumShape = z.strictObject({ rows: z.int(), sha256: z.string() });
const endShape = z.strictObject({ tables: z.int() });

/** What a table holds: how many rows, and the SHA-256 of their text in the order of the primary key. */
export type Sum = z.infer<typeof sumShape>;

export type WrittenTable = {
  name: string;
  columns: string[];
  /** Its rows, in whole lines. */
  rows: AsyncIterable<Buffer>;
};

/** COPY escapes every backslash of the data, so no row is this line. */
const END_OF_ROWS = Buffer.from("\\.\n");
const NEWLINE = 10;
/** Of the lines around the rows. */
const MAX_LINE_BYTES = 1_000_000;

const trailer = (digest: string) => Buffer.from(`\nevenhour backup sha256 ${digest}\n`);
const TRAILER_BYTES = trailer("0".repeat(64)).length;

/** Counts and hashes rows on their way. */
export function summing() {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(chunk: Buffer): void {
      hash.update(chunk);
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) rows += 1;
    },
    sum: (): Sum => ({ rows, sha256: hash.digest("hex") }),
  };
}

/**
 * Writes a backup aside and puts it in its place when it is whole and on the disk.
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
      const counted = summing();
      for await (const chunk of rows) {
        counted.add(chunk);
        yield chunk;
      }
      const sum = counted.sum();
      sums.set(name, sum);
      yield `${END_OF_ROWS}${JSON.stringify(sum)}\n`;
    }
    yield `${JSON.stringify({ tables: tables.length })}\n`;
  }
  async function* sealed(chunks: AsyncIterable<Buffer>) {
    const hash = createHash("sha256");
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
    yield trailer(hash.digest("hex"));
  }
  const folder = dirname(path);
  // A folder that somebody else made may be shared on purpose; the file is private anyway.
  if (!existsSync(folder)) makePrivateFolder(folder);
  const part = `${path}.part`;
  try {
    // A backup holds what the database holds: for the eyes of its owner only.
    await rm(part, { force: true });
    const file = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(Readable.from(text()), createGzip(), sealed, file);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return sums;
}

/**
 * Reads a whole backup, having checked every byte of it first.
 * @param onTable gets each table in its turn and must use up its rows; answers their sum
 * @throws BackupError when the file is missing, damaged, half-written, malformed or no backup at all
 */
export async function readBackup(path: string): Promise<{
  header: Header;
  tables: (
    onTable: (name: string, columns: string[], rows: AsyncIterable<Buffer>) => Promise<Sum>,
  ) => Promise<void>;
}> {
  const length = await checkSeal(path);
  const opened = () => {
    const chunks = createReadStream(path, { end: length - 1 });
    const unzipped = createGunzip();
    // What breaks shows where it is read.
    chunks.on("error", (error) => unzipped.destroy(error));
    return getText(chunks.pipe(unzipped), path);
  };
  const readLine = async <Shape extends z.ZodType>(text: Text, shape: Shape) => {
    const found = shape.safeParse(parsed(await text.line()));
    if (found.success) return found.data;
    throw new BackupError(malformed(path));
  };
  const readHeader = async (text: Text) => {
    const line = parsed(await text.line());
    const found = headerShape.safeParse(line);
    if (found.success) return found.data;
    // Later formats count on, whatever else they hold.
    const isOther = z.looseObject({ evenhourBackup: z.int().min(2) }).safeParse(line).success;
    throw new BackupError(
      isOther
        ? `${path} was made by a newer version of Evenhour: bring Evenhour up to date, then restore it.`
        : malformed(path),
    );
  };
  const first = opened();
  const header = await readHeader(first).finally(first.close);
  return {
    header,
    tables: async (onTable) => {
      const text = opened();
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
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @returns how many bytes come before the seal */
async function checkSeal(path: string): Promise<number> {
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
    const seal = Buffer.alloc(TRAILER_BYTES);
    await file.read(seal, 0, TRAILER_BYTES, length);
    if (!seal.equals(trailer(hash.digest("hex")))) throw damaged;
  } finally {
    await file.close();
  }
  return length;
}

type Text = ReturnType<typeof getText>;

/** Lines, and rows up to the line that ends them, out of chunks that break anywhere. */
function getText(stream: Readable, path: string) {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const take = (length: number) => {
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  const more = async () => {
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
        await more();
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
        else await more();
      }
    },
    close: () => void stream.destroy(),
  };
}
