/**
 * Runs migrations with Prisma's schema engine as WebAssembly, over the application's driver. It records them in
 * `_prisma_migrations` as `prisma migrate deploy` does.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { runMigrations } from "graphile-worker";
import { Client, Pool, type QueryConfig } from "pg";
import { log } from "../log";
import { MigrationError } from "./migration-error";

const schemaDir = join(process.cwd(), "prisma/schema");
const migrationsDir = join(process.cwd(), "prisma/migrations");
const filters = { externalTables: [], externalEnums: [] };
/** The key of the advisory lock with which one instance migrates while the others wait. */
export const MIGRATION_LOCK = 20_261_125;

/** The type id of PostgreSQL's one-byte "char", which its catalogue uses and the adapter does not support. */
const CHAR = 18;
const TEXT = 25;

/**
 * Prisma's adapter with two corrections that only the schema engine needs: the adapter splits scripts at every
 * semicolon, which breaks function bodies (PostgreSQL accepts a whole script in one query), and it refuses
 * columns of the type "char".
 * @param onFailure receives PostgreSQL's error for a script, which the engine does not pass on
 */
function engineAdapter(pool: Pool, onFailure: (error: unknown) => void): PrismaPg {
  const query = pool.query.bind(pool);
  // The engine runs one query at a time, so the columns of the last one suffice.
  let charColumns: number[] = [];
  const queryAsText = async (config: QueryConfig) => {
    const result = await query(config);
    charColumns = [];
    result.fields.forEach((field, column) => {
      if (field.dataTypeID !== CHAR) return;
      field.dataTypeID = TEXT;
      charColumns.push(column);
    });
    return result;
  };
  // pg overloads `query` with callbacks, which Prisma's adapter does not use.
  pool.query = queryAsText as unknown as typeof pool.query;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement);
      for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script) => {
      await query(script).catch((error: unknown) => {
        onFailure(error);
        throw error;
      });
    };
    return adapter;
  };
  return factory;
}

/** Receives the message of a panic of the engine, which would otherwise be lost. */
const panics = {
  set_message(message: string): void {
    log.error("schema engine", message);
  },
};

let engineClass: ReturnType<typeof instantiateEngine> | undefined;
/** Loads the engine once: the bindings have views of the memory of the first instance. */
const loadEngine = () => {
  engineClass ??= instantiateEngine();
  return engineClass;
};

async function instantiateEngine() {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // The package exports its script, but not the .wasm file beside it.
  const script = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const module = await WebAssembly.compile(await readFile(script.replace(/\.js$/, ".wasm")));
  const bindings = engine as unknown as WebAssembly.ModuleImports & typeof engine;
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return engine.SchemaEngine;
}

async function schemaFiles() {
  const names = (await readdir(schemaDir)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: join(schemaDir, name),
      content: await readFile(join(schemaDir, name), "utf8"),
    })),
  );
}

/** The migrations of this version, in order. */
export async function readMigrations(): Promise<{ name: string; script: string }[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      script: await readFile(join(migrationsDir, name, "migration.sql"), "utf8"),
    })),
  );
}

async function migrationsList() {
  return {
    baseDir: migrationsDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: (await readMigrations()).map(({ name, script }) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: script },
      },
    })),
  };
}

type Engine = Awaited<ReturnType<Awaited<ReturnType<typeof loadEngine>>["new"]>>;

async function withEngine<Result>(
  url: string,
  use: (engine: Engine) => Promise<Result>,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<Result> {
  const SchemaEngine = await loadEngine();
  const datamodels = (await schemaFiles()).map(({ path, content }): [string, string] => [
    path,
    content,
  ]);
  const pool = new Pool({ connectionString: url, max: 2 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(engineAdapter(pool, onFailure));
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    // The engine does not close its connections.
    await pool.end();
  }
}

type Recorded = {
  name: string;
  checksum: string;
  isFinished: boolean;
  /** PostgreSQL's error when it failed; null when the process ended before. */
  logs: string | null;
};

/** The rows of `_prisma_migrations`; none for a new database. */
async function readRecorded(client: Client): Promise<Recorded[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists",
  );
  if (!rows[0]?.exists) return [];
  const recorded = await client.query<Recorded>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished", logs
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return recorded.rows;
}

/** The checksum that Prisma's schema engine writes to `_prisma_migrations`. */
export const checksumOf = (script: string) => createHash("sha256").update(script).digest("hex");

/** Git may have converted line endings; Prisma accepts these checksums too. */
const checksumsOf = (script: string): string[] => {
  const unix = script.replaceAll("\r\n", "\n");
  return [script, unix, unix.replaceAll("\n", "\r\n")].map(checksumOf);
};

const RESTORE = "npm run restore -- FILE --replace";

/**
 * Compares the recorded migrations of a database with those of this version.
 * @returns the names of the pending migrations
 * @throws MigrationError when the database is newer, was made by other migrations, or a migration has failed
 */
export async function pendingMigrations(client: Client): Promise<string[]> {
  const known = await readMigrations();
  const recorded = await readRecorded(client);
  const scripts = new Map(known.map(({ name, script }) => [name, script]));
  const newer = recorded.find(({ name }) => !scripts.has(name));
  if (newer) {
    throw new MigrationError(
      `The database was made by a newer version of Evenhour (it has the migration ${newer.name}): bring Evenhour up to date, or stop using the newer data and restore a backup that this version can read with ${RESTORE}.`,
    );
  }
  const failed = recorded.find(({ isFinished }) => !isFinished);
  if (failed) {
    throw new MigrationError(
      `An upgrade of the database stopped in the middle, at ${failed.name}${reasonIn(failed.logs)}: start the version from before it again, or a newer one, and restore the backup that was taken before the upgrade with ${RESTORE}.`,
    );
  }
  const changed = recorded.find(
    ({ name, checksum }) => !checksumsOf(scripts.get(name) ?? "").includes(checksum),
  );
  if (changed) {
    throw new MigrationError(
      `The migration ${changed.name} of this copy of Evenhour is not the one that made the database: fetch Evenhour again and leave prisma/migrations as it is, or restore a backup with ${RESTORE}.`,
    );
  }
  const finished = new Set(recorded.map(({ name }) => name));
  return known.map(({ name }) => name).filter((name) => !finished.has(name));
}

/** PostgreSQL's error message within the engine's record of a failure. */
function reasonIn(logs: string | null): string {
  const reason = /^ERROR: (.*)$/m.exec(logs ?? "")?.[1];
  return reason ? ` (${reason})` : "";
}

type MigrateOptions = {
  /**
   * Called before pending migrations change a database that has a community or a user, while other instances
   * wait. An error it throws stops the upgrade.
   */
  beforeUpgrade?: (pending: string[]) => Promise<void>;
};

/**
 * Upgrades a database: graphile-worker's queue, then our migrations. Several instances may call it at once.
 * @param url the database URL of the owner
 * @returns the names of the applied migrations
 * @throws MigrationError with a message that tells the operator what to do
 */
export async function migrate(
  url: string,
  { beforeUpgrade }: MigrateOptions = {},
): Promise<string[]> {
  const lock = new Client({ connectionString: url });
  await lock.connect();
  // An error of the connection fails its query as well.
  lock.on("error", () => undefined);
  try {
    // Another instance may take any time.
    await lock.query("SET statement_timeout = 0; SET lock_timeout = 0");
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const pending = await pendingMigrations(lock);
    if (pending.length > 0 && beforeUpgrade && (await holdsData(lock))) {
      await beforeUpgrade(pending);
    }
    await runMigrations({ connectionString: url });
    const list = await migrationsList();
    let reason = "";
    const applied = await withEngine(
      url,
      (engine) => engine.applyMigrations({ migrationsList: list, filters }),
      (error) => {
        reason = error instanceof Error ? error.message : String(error);
      },
    ).catch(async (error: unknown) => {
      const failed = (await readRecorded(lock)).find(({ isFinished }) => !isFinished);
      if (!failed) throw error;
      throw new MigrationError(
        `The migration ${failed.name} failed (${reason || error}) and changed nothing: start the version from before again, and restore the backup that was taken before the upgrade with ${RESTORE}.`,
      );
    });
    return applied.appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

/** Whether the database has a community or a user. */
async function holdsData(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('public.community') IS NOT NULL AND to_regclass('public."user"') IS NOT NULL
       AS exists`,
  );
  if (!rows[0]?.exists) return false;
  const counted = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM public.community) OR EXISTS (SELECT FROM public."user") AS any`,
  );
  return counted.rows[0]?.any ?? false;
}

/**
 * The SQL that would change a database to match the schema files; empty when they do not differ.
 * @param url the database URL of the owner
 */
export async function schemaDiff(url: string): Promise<string> {
  const files = await schemaFiles();
  return withEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: schemaDir },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters,
    });
    const script = stdout ?? "";
    return script.includes("-- This is an empty migration.") ? "" : script.trim();
  });
}
