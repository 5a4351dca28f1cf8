/** The product behind Caddy and nginx, configured by the files in hosting/ as docs/hosting.md says. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { STEP_LIMIT_MS } from "../scripts/lib/test-limits";
import { findWebServers, type WebServers } from "../scripts/lib/web-servers";
import { freePort, type Product, startProduct } from "../verification/kit/product";

/** The name in the files of hosting/ that an operator replaces, and the one used here. */
const PLACEHOLDER = "evenhour.example.org";
export const NAME = "evenhour.test";

/** Both servers have the same name and port, so that one PUBLIC_URL is right for both. */
export const HOSTS = { caddy: "127.0.0.1", nginx: "127.0.0.2" } as const;
export type WebServer = keyof typeof HOSTS;

export type Hosting = {
  product: Product;
  publicUrl: string;
  securityLog: string;
  /** The port of https, and of http, which redirects there. */
  ports: { https: string; http: string };
  /** The certificate of the local authority. */
  ca: string;
  /** The hashes of the public keys of the certificates, which Chromium trusts. */
  keys: string[];
  /** Everything that a web server has logged. */
  logOf: (server: WebServer) => string;
  /** Stops the web servers and the product, and deletes the data. */
  stop: () => Promise<void>;
};

/** @returns null when this machine has no web servers, and they could not be downloaded */
export async function startHosting(): Promise<Hosting | null> {
  const programs = findWebServers();
  if (!programs) return null;
  const folder = mkdtempSync(join(tmpdir(), "evenhour-hosting-"));
  // As root, PostgreSQL and nginx run as other users, who must be able to enter this folder.
  chmodSync(folder, 0o755);
  const ports = { https: String(await freePort()), http: String(await freePort()) };
  const publicUrl = `https://${NAME}:${ports.https}`;
  const product = await startProduct(join(folder, "data"), {
    env: { PUBLIC_URL: publicUrl, TRUST_PROXY: "1" },
  });
  const setting = { programs, folder, ports, upstream: new URL(product.baseUrl).port };
  const servers: ChildProcess[] = [];
  const logs = { caddy: join(folder, "caddy.log"), nginx: join(folder, "nginx.log") };
  const stop = async () => {
    for (const server of servers) await end(server);
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    servers.push(startCaddy(setting, logs.caddy));
    const certificates = await certificatesOf(folder, logs.caddy);
    servers.push(startNginx(setting, certificates, logs.nginx));
    for (const [server, host] of Object.entries(HOSTS)) {
      await reachable(host, ports.https, logs[server as WebServer]);
    }
    return {
      product,
      publicUrl,
      ports,
      securityLog: join(folder, "data", "security.log"),
      ca: certificates.root,
      keys: keysOf(certificates),
      logOf: (server) => {
        const own = server === "nginx" ? ["access.log", "evenhour.log", "evenhour-error.log"] : [];
        return [logs[server], ...own.map((name) => join(folder, name))].map(read).join("");
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Setting = {
  programs: WebServers;
  folder: string;
  ports: Hosting["ports"];
  /** The port of the product. */
  upstream: string;
};

const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

/**
 * A file of hosting/ with the replacements that an operator makes, and those for this machine.
 * @throws when the file does not have a text that is to be replaced
 */
function recipe(name: string, replacements: [text: string, by: string][]): string {
  let text = readFileSync(join("hosting", name), "utf8");
  for (const [each, by] of replacements) {
    if (!text.includes(each)) throw new Error(`hosting/${name} has no ${JSON.stringify(each)}.`);
    text = text.replaceAll(each, by);
  }
  return text;
}

function startCaddy({ programs, folder, ports, upstream }: Setting, log: string): ChildProcess {
  const file = join(folder, "Caddyfile");
  const local = [
    "admin off",
    "local_certs",
    "skip_install_trust",
    `storage file_system ${join(folder, "caddy")}`,
    `default_bind ${HOSTS.caddy}`,
    `http_port ${ports.http}`,
    `https_port ${ports.https}`,
  ];
  writeFileSync(
    file,
    recipe("Caddyfile", [
      [PLACEHOLDER, NAME],
      ["127.0.0.1:3000", `127.0.0.1:${upstream}`],
      ["\n{\n", `\n{\n${local.map((line) => `\t${line}\n`).join("")}`],
    ]),
  );
  const args = ["run", "--config", file, "--adapter", "caddyfile"];
  return launch(programs.caddy, args, { ...programs.env, HOME: folder }, log);
}

type Certificates = { root: string; chain: string; key: string };

function startNginx(
  { programs, folder, ports, upstream }: Setting,
  { chain, key }: Certificates,
  log: string,
): ChildProcess {
  const live = join(folder, "letsencrypt", PLACEHOLDER);
  mkdirSync(live, { recursive: true });
  writeFileSync(join(live, "fullchain.pem"), chain);
  writeFileSync(join(live, "privkey.pem"), key, { mode: 0o600 });
  const site = join(folder, "site.conf");
  writeFileSync(
    site,
    recipe("nginx.conf", [
      ["/etc/letsencrypt/live", join(folder, "letsencrypt")],
      ["/var/log/nginx", folder],
      [`server_name ${PLACEHOLDER}`, `server_name ${NAME}`],
      ["127.0.0.1:3000", `127.0.0.1:${upstream}`],
      ["listen [::]:80;", ""],
      ["listen [::]:443 ssl http2;", ""],
      ["listen 80;", `listen ${HOSTS.nginx}:${ports.http};`],
      ["listen 443 ssl http2;", `listen ${HOSTS.nginx}:${ports.https} ssl http2;`],
    ]),
  );
  // What Debian's /etc/nginx/nginx.conf has around a site, in this folder.
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    [
      "daemon off;",
      `pid ${join(folder, "nginx.pid")};`,
      "events {}",
      "http {",
      ...temporary.map((each) => `  ${each}_temp_path ${join(folder, "nginx", each)};`),
      `  access_log ${join(folder, "access.log")};`,
      `  include ${site};`,
      "}",
    ].join("\n"),
  );
  mkdirSync(join(folder, "nginx"));
  return launch(programs.nginx, ["-c", file, "-e", log, "-p", folder], programs.env, log);
}

function launch(
  program: string,
  args: string[],
  env: Record<string, string>,
  log: string,
): ChildProcess {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => appendFileSync(log, text));
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
}

/** Waits until something is there. @throws with the log when it takes too long */
async function until<Found>(find: () => Promise<Found | null>, log: string): Promise<Found> {
  const end = Date.now() + STEP_LIMIT_MS;
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`The web server did not start:\n${read(log)}`);
    await sleep(50);
  }
}

const reachable = (host: string, port: string, log: string): Promise<true> =>
  until(
    () =>
      new Promise((done) => {
        const socket = connect({ host, port: Number(port) });
        socket.once("connect", () => {
          socket.destroy();
          done(true);
        });
        socket.once("error", () => done(null));
      }),
    log,
  );

/** The certificates that Caddy made for itself; nginx gets the same. */
function certificatesOf(folder: string, log: string): Promise<Certificates> {
  const own = join(folder, "caddy/certificates/local", NAME, NAME);
  const files = {
    root: join(folder, "caddy/pki/authorities/local/root.crt"),
    chain: `${own}.crt`,
    key: `${own}.key`,
  };
  return until(async () => {
    const { root, chain, key } = {
      root: read(files.root),
      chain: read(files.chain),
      key: read(files.key),
    };
    const areComplete = [root, chain, key].every((text) => text.trim().endsWith("-----"));
    return areComplete ? { root, chain, key } : null;
  }, log);
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const keysOf = ({ chain, root }: Certificates): string[] =>
  [...`${chain}\n${root}`.matchAll(CERTIFICATE)].map(([certificate]) => {
    const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
    return createHash("sha256").update(key).digest("base64");
  });
