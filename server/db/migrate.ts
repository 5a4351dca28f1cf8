/**
 * Migrations by Prisma's own schema engine, as WebAssembly over the same driver as the
 * application. It keeps the same `_prisma_migrations` table as `prisma migrate deploy`.
 */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { runMigrations } from "graphile-worker";
import { Client, Pool, type QueryConfig } from "pg";

const schemaDir = join(process.cwd(), "prisma/schema");
const migrationsDir = join(process.cwd(), "prisma/migrations");
const filters = { externalTables: [], externalEnums: [] };
/** Any number, as long as all instances use the same: one migrates, the others wait. */
export const MIGRATION_LOCK = 20_261_125;

/** PostgreSQL's internal one-byte "char", which the catalogue uses and the adapter does not know. */
const CHAR = 18;
const TEXT = 25;

/**
 * Prisma's adapter with two gaps closed that only the schema engine meets: it splits scripts at
 * every semicolon, which breaks function bodies (PostgreSQL itself takes a whole script in one
 * query), and it refuses columns of the type "char".
 */
function engineAdapter(pool: Pool): PrismaPg {
  const query = pool.query.bind(pool);
  // The engine asks one question at a time, so the columns of the last one suffice.
  let charColumns: number[] = [];
  const withText = async (sent: QueryConfig) => {
    const result = await query(sent);
    charColumns = [];
    result.fields.forEach((field, column) => {
      if (field.dataTypeID !== CHAR) return;
      field.dataTypeID = TEXT;
      charColumns.push(column);
    });
    return result;
  };
  // pg overloads `query` with callbacks, which Prisma's adapter does not use.
  pool.query = withText as unknown as typeof pool.query;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sent) => {
      const result = await queryRaw(sent);
      for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script) => {
      await query(script);
    };
    return adapter;
  };
  return factory;
}

/** Where the engine puts its last words when it panics; without it the reason would be lost. */
const panics = {
  set_message(message: string): void {
    console.error(`[schema engine] ${message}`);
  },
};

let loaded: ReturnType<typeof instantiateEngine> | undefined;
/** Once: the bindings keep views of the memory of the first instance. */
const loadEngine = () => {
  loaded ??= instantiateEngine();
  return loaded;
};

async function instantiateEngine() {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // The package exports its script but not the .wasm that lies beside it.
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

/** The migrations that this version knows, in their order. */
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
): Promise<Result> {
  const SchemaEngine = await loadEngine();
  const datamodels = (await schemaFiles()).map(({ path, content }): [string, string] => [
    path,
    content,
  ]);
  const pool = new Pool({ connectionString: url, max: 2 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(engineAdapter(pool));
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    // The engine leaves its connections open.
    await pool.end();
  }
}

/**
 * Brings a database up to date: graphile-worker's queue, then our migrations. Several instances
 * may call it at once.
 * @param url the owner's address
 * @returns the names of the migrations that were applied
 */
export async function migrate(url: string): Promise<string[]> {
  const lock = new Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await runMigrations({ connectionString: url });
    const list = await migrationsList();
    const applied = await withEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList: list, filters }),
    );
    return applied.appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

/**
 * The SQL that would bring a database to the schema files; empty when they do not differ.
 * @param url the owner's address
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
