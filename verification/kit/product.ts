/** Starts the built product as its users do: `npm start` on a data folder. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

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
];

export type Product = {
  pid: number;
  baseUrl: string;
  databaseUrl: string;
  /** Null when the installation has been claimed. */
  setupLink: string | null;
  /** Ends it as Ctrl-C does. */
  stop: () => Promise<void>;
};

type Options = {
  /** 0 for any free one, which the product then tells. */
  port?: number;
  command?: "start" | "demo";
  /** More variables, such as DATABASE_URL. */
  env?: Record<string, string>;
};

export async function startProduct(
  dataDir: string,
  { port = 0, command = "start", env = {} }: Options = {},
): Promise<Product> {
  const child = spawn(process.execPath, ["scripts/start.mjs", command], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...outside(), EVENHOUR_DATA_DIR: dataDir, PORT: String(port), ...env },
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
  // The name under which the product knows itself (PUBLIC_URL), as in its links.
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

/** Nothing of the machine's own settings reaches the product under test. */
function outside(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of SETTINGS) delete env[name];
  return env;
}

const linkOn = (baseUrl: string, path: string | undefined) => (path ? `${baseUrl}${path}` : null);

const keptOf = (dataDir: string) =>
  JSON.parse(readFileSync(join(dataDir, "database.json"), "utf8")) as {
    port: number;
    password: string;
    cluster?: string;
  };

/** Where the embedded database lies; told only where it had to lie outside the data folder. */
export const clusterOf = (dataDir: string): string =>
  keptOf(dataDir).cluster ?? join(dataDir, "postgres");

function databaseUrlOf(dataDir: string): string {
  const { port, password } = keptOf(dataDir);
  return `postgresql://evenhour:${password}@127.0.0.1:${port}/evenhour`;
}
