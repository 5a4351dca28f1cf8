/**
 * The doctor on one installation: the product's HTTP server, worker, database and backups, behind a web server with
 * https and beside a mail server. Each test spoils one thing, which the doctor must name, and nothing else.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { listen } from "../../server/api/http/server";
import { startWorker } from "../../server/api/jobs";
import { nightlyBackup } from "../../server/backup/nightly";
import { owner, ownerUrl } from "../../server/platform/db/testing/pools";
import { setAppDatabaseUrl } from "../../server/platform/env";
import { diskState } from "../../server/platform/health";
import { makeCommunity } from "../../server/testing/people";
import { STEP_LIMIT_MS } from "../lib/test-limits";
import { newestBackup } from "./backups";
import { examine, type Options } from "./examine";
import { type Finding, textOf, worstOf } from "./finding";
import {
  certificates,
  type Listening,
  MAIL_PASSWORD,
  type MailServer,
  passOn,
  startHttps,
  startMailServer,
  type WebServer,
} from "./testing/servers";

type Front = Awaited<ReturnType<typeof listen>>;

const proxy: WebServer = { port: 0 };
const atEnd: (() => unknown)[] = [];
let dataDir = "";
let front: Front;
/** The same product with TRUST_PROXY=0. */
let trustless: Front;
let worker: Awaited<ReturnType<typeof startWorker>>;
let web: Listening;
let expired: Listening;
let other: Listening;
let mail: MailServer;

const secure = ({ port }: Listening) => `https://localhost:${port}`;

/** Sets variables and lets the product read them again. */
function set(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  setAppDatabaseUrl(process.env.APP_DATABASE_URL ?? "");
}

async function startFront(trustedProxies: number): Promise<Front> {
  const started = await listen({
    hostname: "127.0.0.1",
    port: 0,
    trustedProxies,
    readsPerMinute: 0,
  });
  started.answer(async (_, response) => void response.writeHead(404).end(), secure(web));
  atEnd.push(started.close);
  return started;
}

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  dataDir = mkdtempSync(join(tmpdir(), "evenhour-doctor-"));
  atEnd.push(() => rmSync(dataDir, { recursive: true, force: true }));
  web = await startHttps(passOn(proxy));
  expired = await startHttps(passOn(proxy), certificates.expired);
  other = await startHttps((_, response) => void response.end("Hello"));
  mail = await startMailServer();
  atEnd.push(web.close, expired.close, other.close, mail.close);
  front = await startFront(1);
  trustless = await startFront(0);
  proxy.port = front.port;
  set({
    HOST: "127.0.0.1",
    PORT: String(front.port),
    PUBLIC_URL: secure(web),
    TRUST_PROXY: "1",
    EVENHOUR_DATA_DIR: dataDir,
    SMTP_URL: `smtp://evenhour:${MAIL_PASSWORD}@127.0.0.1:${mail.port}`,
    MAIL_FROM: "Evenhour <hello@example.org>",
  });
  await makeCommunity(["rosa", "karim"] as const);
  await nightlyBackup(new Date());
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.stop();
  for (const end of atEnd.reverse()) await end();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  setAppDatabaseUrl(process.env.APP_DATABASE_URL ?? "");
});

const ca = certificates.valid + certificates.expired;
const doctor = (options: Options = {}) => examine({ isQuick: true, ca, ...options });

/** The findings that need the operator. */
const badOf = (findings: Finding[]) =>
  findings.filter(({ state }) => !["ok", "note"].includes(state));

/** The doctor names this, once, and finds nothing else wrong. */
async function expectOnly(
  name: string,
  state: Finding["state"],
  sentence: RegExp,
  options: Options = {},
): Promise<void> {
  const bad = badOf(await doctor(options));
  expect(bad.map((finding) => [finding.check, finding.state])).toEqual([[name, state]]);
  expect(bad[0]?.sentence).toMatch(sentence);
}

/** Runs the work with other variables, and restores them. */
async function having(variables: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name] ?? ""]);
  set(variables);
  try {
    await work();
  } finally {
    set(Object.fromEntries(before));
  }
}

/** Runs the work with statements of the owner carried out, and then undoes them. */
async function spoiled(spoil: string, mend: string, work: () => Promise<void>): Promise<void> {
  await owner().query(spoil);
  try {
    await work();
  } finally {
    await owner().query(mend);
  }
}

/** Runs the work with another web server in front. */
async function behind(change: Partial<WebServer>, work: () => Promise<void>): Promise<void> {
  const before = { ...proxy };
  Object.assign(proxy, change);
  try {
    await work();
  } finally {
    for (const name of Object.keys(proxy)) delete proxy[name as keyof WebServer];
    Object.assign(proxy, before);
  }
}

const newest = () => newestBackup(join(dataDir, "backups"))?.path ?? "";

describe("the doctor on a sound installation", () => {
  it("says so, after restoring the newest backup and sending a test e-mail", async () => {
    const findings = await doctor({ isQuick: false, mailTo: "operator@example.org" });
    expect(badOf(findings)).toEqual([]);
    expect(textOf(findings)).toMatch(/\nThis installation is sound \(\d+ checks\)\.$/);
    const sentences = new Map(findings.map(({ check, sentence }) => [check, sentence]));
    expect(sentences.get("restore")).toMatch(/^The backup of .* restores: 3 members, 0 transfers/);
    expect(sentences.get("proxy")).toMatch(/^1 web server in front.*198\.51\.100\.7/);
    expect(sentences.get("https")).toContain("valid until 2125-12-31");
    expect(sentences.get("mail")).toContain("accepted a test e-mail");
    expect(mail.received.join()).toContain("To: operator@example.org");
  });

  it("leaves neither its key nor a scratch database, and names no secret", async () => {
    const text = JSON.stringify(await doctor());
    expect(() => readFileSync(join(dataDir, "doctor-key"))).toThrow("ENOENT");
    const { rows } = await owner().query(
      "SELECT datname FROM pg_database WHERE starts_with(datname, 'evenhour_doctor_')",
    );
    expect(rows).toEqual([]);
    const { password } = new URL(ownerUrl());
    for (const secret of [process.env.AUTH_SECRET, decodeURIComponent(password), MAIL_PASSWORD]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe("the doctor names a fault of the network", () => {
  it("the product does not run", () =>
    having({ PORT: String(mail.port + 1) }, async () => {
      const bad = badOf(await doctor());
      expect(bad.map(({ check }) => check)).toContain("running");
      expect(bad.find(({ check }) => check === "running")?.sentence).toMatch(
        /does not run: nothing answers at/,
      );
    }));

  it("PUBLIC_URL is answered by something else", () =>
    having({ PUBLIC_URL: secure(other) }, () =>
      expectOnly("address", "fault", /answered by something else \(200\)/),
    ));

  it("the web server in front does not reach the product", () =>
    behind({ port: 1 }, () =>
      expectOnly("address", "fault", /answers 502.*http:\/\/127\.0\.0\.1/),
    ));

  it("the web server in front does not pass on the host name", () =>
    behind({ change: (headers) => ({ ...headers, host: "backend.internal" }) }, () =>
      expectOnly("address", "fault", /under another name.*Host header/),
    ));

  it("TRUST_PROXY is 0 behind a web server", () =>
    behind({ port: trustless.port }, () =>
      expectOnly("proxy", "fault", /1 web server in front, but TRUST_PROXY is 0.*TRUST_PROXY=1/),
    ));

  it("the web server in front does not name the client", () =>
    behind({ change: (headers) => headers }, () =>
      expectOnly("proxy", "fault", /TRUST_PROXY is 1, but X-Forwarded-For names nobody/),
    ));

  it("there are more web servers in front than TRUST_PROXY says", () =>
    behind(
      { change: (headers) => ({ ...headers, "x-forwarded-for": "198.51.100.7, 10.0.0.2" }) },
      () =>
        expectOnly("proxy", "fault", /2 web servers in front, but TRUST_PROXY is 1.*TRUST_PROXY=2/),
    ));

  it("the web server in front passes on the address that strangers send", () =>
    behind({ change: (headers) => ({ "x-forwarded-for": "198.51.100.7", ...headers }) }, () =>
      expectOnly("proxy", "fault", /passes on the X-Forwarded-For of strangers/),
    ));

  it("the certificate has expired", () =>
    having({ PUBLIC_URL: secure(expired) }, () =>
      expectOnly("https", "fault", /expired on 2020-04-01/),
    ));

  it("browsers do not know the authority of the certificate", async () => {
    const bad = badOf(await examine({ isQuick: true }));
    expect(bad).toMatchObject([
      { check: "https", sentence: expect.stringMatching(/refuse.*SELF/) },
    ]);
  });

  it("the mail server does not answer", () =>
    having({ SMTP_URL: "smtp://evenhour:right@127.0.0.1:1" }, () =>
      expectOnly("mail", "fault", /127\.0\.0\.1:1 .*cannot be used: .*ECONNREFUSED/),
    ));

  it("the mail server refuses the password", () =>
    having({ SMTP_URL: `smtp://evenhour:wrong@127.0.0.1:${mail.port}` }, () =>
      expectOnly("mail", "fault", /refuses the sign-in.*535.*correct user and password/),
    ));
});

describe("the doctor names a fault of the machine", () => {
  it("the clock is off", () =>
    behind({ date: new Date(Date.now() - 3_600_000).toUTCString() }, () =>
      expectOnly("clock", "fault", /60 minutes ahead of that of https:/),
    ));

  it("the disk is nearly full", () =>
    expectOnly("disk", "warning", /nearly full .*make room/, {
      diskState: (free) => diskState(Math.min(free, 200_000_000)),
    }));

  it("others can open the data folder", async () => {
    chmodSync(dataDir, 0o755);
    await expectOnly("files", "fault", /can open .* \(mode 755\): run chmod go= /);
    chmodSync(dataDir, 0o700);
  });

  it("AUTH_SECRET is too short", () =>
    having({ AUTH_SECRET: "short" }, () =>
      expectOnly("settings", "fault", /AUTH_SECRET must have at least 32 characters/),
    ));

  it("the newest backup is too old", async () => {
    const old = new Date(Date.now() - 72 * 3_600_000);
    utimesSync(newest(), old, old);
    await expectOnly("backup", "fault", /no nightly backup of the last day and a half/);
    utimesSync(newest(), new Date(), new Date());
  });

  it("the last backup failed, with its reason", async () => {
    const mark = join(dataDir, "backups", "nightly-failed");
    writeFileSync(mark, "No file can be written (EACCES).\n");
    utimesSync(mark, new Date(), new Date(Date.now() + 1000));
    await expectOnly("backup", "fault", /backup failed: No file can be written \(EACCES\)/);
    rmSync(mark);
  });

  it("the newest backup is damaged", async () => {
    const whole = readFileSync(newest());
    const damaged = Buffer.from(whole);
    const middle = Math.floor(damaged.length / 2);
    damaged.writeUInt8(damaged.readUInt8(middle) ^ 1, middle);
    writeFileSync(newest(), damaged);
    await expectOnly("restore", "fault", /does not restore: .* is damaged/, { isQuick: false });
    writeFileSync(newest(), whole);
  });
});

describe("the doctor names a fault of the database", () => {
  it("the database does not answer", () =>
    having({ DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/nowhere" }, () =>
      expectOnly("database", "fault", /cannot be reached: .*ECONNREFUSED/),
    ));

  it("the database is newer than the program", () =>
    spoiled(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ('newer', '', now(), '9999_newer', 1)`,
      "DELETE FROM _prisma_migrations WHERE id = 'newer'",
      () => expectOnly("schema", "fault", /made by a newer version.*9999_newer/),
    ));

  it("the database is older than the program", async () => {
    const last = "(SELECT max(migration_name) FROM _prisma_migrations)";
    await spoiled(
      `CREATE TABLE set_aside AS SELECT * FROM _prisma_migrations WHERE migration_name = ${last};
       DELETE FROM _prisma_migrations WHERE migration_name = ${last}`,
      "INSERT INTO _prisma_migrations SELECT * FROM set_aside; DROP TABLE set_aside",
      () => expectOnly("schema", "fault", /lacks 1 migration.*restart Evenhour/),
    );
  });

  it("the indexes were built with another collation", async () => {
    const { rows } = await owner().query<{ version: string | null }>(
      "SELECT datcollversion AS version FROM pg_database WHERE datname = current_database()",
    );
    const version = rows[0]?.version ? `'${rows[0].version}'` : "NULL";
    const setTo = (value: string) =>
      `UPDATE pg_database SET datcollversion = ${value} WHERE datname = current_database()`;
    await spoiled(setTo("'0'"), setTo(version), () =>
      expectOnly("locale", "fault", /\(collation of the database: 0.*REINDEX DATABASE/),
    );
  });

  it("the application's login can become the owner", async () => {
    const name = `evenhour_doctor_${randomBytes(4).toString("hex")}`;
    const login = Object.assign(new URL(ownerUrl()), { username: name, password: "secret" });
    await spoiled(
      `CREATE ROLE ${name} LOGIN PASSWORD 'secret'; GRANT "${new URL(ownerUrl()).username}" TO ${name}`,
      `DROP ROLE ${name}`,
      () =>
        having({ APP_DATABASE_URL: login.href }, () =>
          expectOnly("login", "fault", /can become the owner of the tables/),
        ),
    );
  });

  it("a job fails again and again", () =>
    spoiled(
      `SELECT enqueue_job('send-mail', '{}'::jsonb, now() + interval '1 hour', 'doctor');
       UPDATE graphile_worker._private_jobs SET attempts = 4,
         last_error = E'550 <rosa@example.org> unknown\\nat x' WHERE key = 'doctor'`,
      "DELETE FROM graphile_worker._private_jobs WHERE key = 'doctor'",
      () => expectOnly("jobs", "warning", /1 job send-mail \(550 <\[e-mail\]> unknown\)/),
    ));

  it("the books were changed by hand", () =>
    spoiled(
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE account SET balance = balance + 15 WHERE kind = 'fund'; COMMIT`,
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE account SET balance = balance - 15 WHERE kind = 'fund'; COMMIT`,
      () => expectOnly("books", "fault", /2 violations: .*account differs from its lines \(1\)/),
    ));

  it("no worker runs the jobs", async () => {
    await worker.stop();
    const named = () => expectOnly("jobs", "fault", /No worker is connected/);
    await vi.waitFor(named, { timeout: STEP_LIMIT_MS });
    expect(worstOf(await doctor())).toBe("fault");
    worker = await startWorker();
  });
});
