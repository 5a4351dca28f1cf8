/** All checks of an installation, in the order in which they depend on one another. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { clusterFolder, findEmbedded, startEmbedded } from "../../server/platform/db/embedded";
import { writeDoctorKey } from "../../server/platform/doctor-key";
import { InvalidEnvironment, readEnvironment } from "../../server/platform/env";
import { lockDataFolder } from "../lib/data-folder";
import { requireUsableDatabase } from "../lib/database";
import { UserFacingError } from "../lib/user-facing-error";
import { userMessage } from "../lib/user-message";
import { checkBackup, checkRestore } from "./backups";
import {
  checkBooks,
  checkDatabase,
  checkJobs,
  checkLocale,
  checkLogin,
  checkSchema,
} from "./books";
import { check, type Finding, reasonOf } from "./finding";
import type { Database, Installation } from "./installation";
import { checkClock, checkDisk, checkFiles, checkNode, checkSecret } from "./machine";
import { checkMail } from "./mail";
import { checkAddress, checkHttps, checkProxy, checkRunning, type Survey, survey } from "./network";

export type Options = {
  /** Leaves out the restore, which takes as long as the backup is large. */
  isQuick?: boolean;
  /** Gets a test e-mail. */
  mailTo?: string | null;
  /** Ends the examination early. */
  signal?: AbortSignal;
  /** Further trusted authorities and another state of the disk, for tests. */
  ca?: string;
  diskState?: Parameters<typeof checkDisk>[1];
};

/**
 * Examines the installation of the environment, which may be in use.
 * @throws UserFacingError when there is no installation
 */
export async function examine(options: Options = {}): Promise<Finding[]> {
  let variables: Installation["variables"];
  try {
    variables = readEnvironment();
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    return error.message.split("\n").map(check("settings").fault);
  }
  const dataDir = resolve(variables.EVENHOUR_DATA_DIR);
  if (!variables.DATABASE_URL && !existsSync(join(dataDir, "database.json"))) {
    throw new UserFacingError(
      `There is no database in ${dataDir}: set EVENHOUR_DATA_DIR or DATABASE_URL as for npm start.`,
    );
  }
  const closers: (() => unknown)[] = [];
  try {
    const found = await openDatabase(variables.DATABASE_URL, dataDir, closers);
    const installation: Installation = {
      variables,
      publicUrl: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
      dataDir,
      cluster: variables.DATABASE_URL ? null : clusterFolder(dataDir),
      now: new Date(),
      isRunning: found.isRunning,
    };
    return await examineAll(installation, found, options, closers);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

type Opened = { database: Database | null; isRunning: boolean; problem: string };

/** Connects to the database, and starts the embedded one while the product does not run. */
async function openDatabase(
  ownUrl: string | undefined,
  dataDir: string,
  closers: (() => unknown)[],
): Promise<Opened> {
  let isRunning = false;
  try {
    let url = ownUrl;
    if (url) await requireUsableDatabase(url);
    else {
      isRunning = lockDataFolder(dataDir) !== null;
      const running = isRunning ? findEmbedded(dataDir) : null;
      if (isRunning && !running) {
        const problem =
          "Evenhour runs, but its database does not: it is starting, or cannot start; see postgres.log in the data folder.";
        return { database: null, isRunning, problem };
      }
      if (running) url = running;
      else {
        const embedded = await startEmbedded({ dataDir });
        closers.push(embedded.stop);
        url = embedded.url;
      }
    }
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    client.on("error", () => undefined);
    await client.connect();
    closers.push(() => client.end().catch(() => undefined));
    return { database: { client, url }, isRunning, problem: "" };
  } catch (error) {
    const problem = userMessage(error) ?? `The database cannot be reached: ${reasonOf(error)}.`;
    return { database: null, isRunning, problem };
  }
}

async function examineAll(
  installation: Installation,
  { database, problem }: Opened,
  { isQuick = false, mailTo = null, signal, ca, diskState }: Options,
  closers: (() => unknown)[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const run = async (name: string, work: () => Finding | Promise<Finding>) => {
    if (signal?.aborted) return null;
    const finding = await Promise.resolve()
      .then(work)
      .catch((error: unknown) =>
        check(name).unknown(`It could not be checked: ${reasonOf(error)}`),
      );
    findings.push(finding);
    return finding;
  };

  const surveyed = await look(installation, ca, closers);
  if ("sentence" in surveyed) findings.push(surveyed);
  else {
    const { local } = surveyed;
    installation.isRunning ||= local.diagnosis !== null;
    await run("running", () => checkRunning(installation, surveyed));
    if (installation.isRunning) {
      await run("address", () => checkAddress(installation, surveyed));
      const { answer, diagnosis } = surveyed.public;
      if (!("reason" in answer)) await run("https", () => checkHttps(installation, answer));
      const forged = surveyed.forged.diagnosis;
      if (diagnosis) await run("proxy", () => checkProxy(diagnosis, forged));
    }
    await run("node", () => checkNode(local));
  }
  const answer = "sentence" in surveyed ? { reason: "" } : surveyed.public.answer;
  await run("clock", () => checkClock(installation, database, answer));
  await run("disk", () => checkDisk(installation, diskState));
  await run("files", () => checkFiles(installation));
  await run("secret", () => checkSecret(installation));
  await run("mail", () => checkMail(installation, mailTo));
  if (!database) {
    findings.push(check("database").fault(problem));
    return findings;
  }
  await run("database", () => checkDatabase(database));
  await run("locale", () => checkLocale(database));
  const schema = await run("schema", () => checkSchema(database));
  // Other tables would only be reported as more faults.
  if (schema?.state !== "ok") return findings;
  await run("login", () => checkLogin(installation, database, secretOf(installation)));
  await run("jobs", () => checkJobs(installation, database));
  await run("books", () => checkBooks(database));
  await run("backup", () => checkBackup(installation, database));
  if (!isQuick) {
    const until = signal ?? new AbortController().signal;
    await run("restore", () => checkRestore(installation, database, until));
  }
  return findings;
}

/** Asks the product with a key, or reports why there can be none. */
async function look(
  installation: Installation,
  ca: string | undefined,
  closers: (() => unknown)[],
): Promise<Survey | Finding> {
  let key: string;
  try {
    const written = writeDoctorKey(installation.dataDir);
    closers.push(written.remove);
    key = written.key;
  } catch (error) {
    return check("running").unknown(
      `Nothing can be written to ${installation.dataDir} (${reasonOf(error)}), so Evenhour could not be asked: run the doctor as the user who runs Evenhour.`,
    );
  }
  return survey(installation, key, ca);
}

function secretOf({ variables, dataDir }: Installation): string | null {
  if (variables.AUTH_SECRET) return variables.AUTH_SECRET;
  try {
    return readFileSync(join(dataDir, "auth-secret"), "utf8").trim() || null;
  } catch {
    return null;
  }
}
