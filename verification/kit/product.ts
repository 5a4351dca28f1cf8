/** Starts the built product as its users do: `npm start` with a data folder. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export { freePort } from "../../server/platform/db/embedded";

const SETTINGS = [
  "DATABASE_URL",
  "APP_DATABASE_URL",
  "AUTH_SECRET",
  "PUBLIC_URL",
  "HOST",
  "TRUST_PROXY",
  "SMTP_URL",
  "MAIL_FROM",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_NAME",
  "EVENHOUR_MAP_TILES",
  "EVENHOUR_MAP_CREDIT",
  "EVENHOUR_READS_PER_MINUTE",
  "EVENHOUR_BACKUP_DIR",
  "EVENHOUR_BACKUP_KEEP",
  "EVENHOUR_UPGRADE_BACKUP",
  "EVENHOUR_LOG",
  "EVENHOUR_LOG_LEVEL",
];

export type Product = {
  pid: number;
  baseUrl: string;
  databaseUrl: string;
  /** Null once the installation has been claimed. */
  setupLink: string | null;
  /** Stops it as Ctrl-C does. */
  stop: () => Promise<void>;
};

type Options = {
  /** 0 for any free port; `baseUrl` has the one chosen. */
  port?: number;
  command?: "start" | "demo";
  /** The script that starts it, instead of the operator's. */
  script?: string;
  /** Further environment variables, such as DATABASE_URL. */
  env?: Record<string, string>;
};

export async function startProduct(
  dataDir: string,
  { port = 0, command = "start", script = "scripts/start.mjs", env = {} }: Options = {},
): Promise<Product> {
  const child = spawn(process.execPath, [script, command], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...cleanEnvironment(), EVENHOUR_DATA_DIR: dataDir, PORT: String(port), ...env },
  });
  let output = "";
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const ready = new Promise<string>((found, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const address = /Evenhour is ready: (\S+)/.exec(output)?.[1];
        if (address) found(address);
      });
    }
    ended.then(() => failed(new Error(`The product did not start:\n${output}`)));
  });
  // The host name that the product uses for itself (PUBLIC_URL) and in its links.
  const baseUrl = (await ready).replace("127.0.0.1", "localhost");
  return {
    pid: child.pid ?? 0,
    baseUrl,
    databaseUrl: env.DATABASE_URL ?? databaseUrlOf(dataDir),
    setupLink: linkOn(baseUrl, /\/setup\/\S+/.exec(output)?.[0]),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The environment without the machine's own settings of the product. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of SETTINGS) delete env[name];
  return env;
}

const linkOn = (baseUrl: string, path: string | undefined) => (path ? `${baseUrl}${path}` : null);

const readDatabaseFile = (dataDir: string) =>
  JSON.parse(readFileSync(join(dataDir, "database.json"), "utf8")) as {
    port: number;
    password: string;
    cluster?: string;
  };

/** The folder of the embedded database, which is named only where it is outside the data folder. */
export const clusterOf = (dataDir: string): string =>
  readDatabaseFile(dataDir).cluster ?? join(dataDir, "postgres");

function databaseUrlOf(dataDir: string): string {
  const { port, password } = readDatabaseFile(dataDir);
  return `postgresql://evenhour:${password}@127.0.0.1:${port}/evenhour`;
}
