/** The machine: clock, disk, files and Node. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { backupFolder } from "../../server/backup/nightly-state";
import { freeBytes } from "../../server/platform/files";
import { diskState } from "../../server/platform/health";
import { OUR_FILES } from "../lib/data-folder";
import type { Asked, Diagnosed } from "./ask";
import { check, type Finding, plural, timeOf } from "./finding";
import type { Database, Installation } from "./installation";

/** Sign-in links, sessions and calendars depend on the time. The Date header has whole seconds. */
const MAX_SKEW_MS = 60_000;

/** Compares this machine's clock with others that are there anyway; no foreign server is asked. */
export async function checkClock(
  { publicUrl }: Installation,
  database: Database | null,
  answer: Asked,
): Promise<Finding> {
  const { ok, fault, unknown } = check("clock");
  const compared: string[] = [];
  const skews: { with: string; ms: number }[] = [];
  if (database) {
    const before = Date.now();
    const { rows } = await database.client.query<{ at: Date; written: Date | null }>(
      `SELECT clock_timestamp() AS at, (SELECT max(created_at) FROM transfer) AS written`,
    );
    const [times] = rows;
    if (times) {
      compared.push("the database's");
      skews.push({ with: "the database's", ms: (before + Date.now()) / 2 - times.at.getTime() });
      // A clock that was reset: the books know a later time.
      if (times.written && times.written.getTime() - Date.now() > MAX_SKEW_MS) {
        return fault(
          `This machine's clock says ${timeOf(new Date())}, but the books have a transfer of ${timeOf(times.written)}: set the clock, and let it be set from the network (timedatectl set-ntp true).`,
        );
      }
    }
  }
  const sent = "reason" in answer ? Number.NaN : Date.parse(answer.headers.date ?? "");
  if (!("reason" in answer) && Number.isFinite(sent)) {
    const name = `that of ${publicUrl}`;
    compared.push(name);
    skews.push({ with: name, ms: answer.at.getTime() - sent });
  }
  const worst = skews.sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms))[0];
  if (!worst) return unknown("There is no other clock to compare this machine's with.");
  if (Math.abs(worst.ms) > MAX_SKEW_MS) {
    const minutes = plural(Math.max(1, Math.round(Math.abs(worst.ms) / 60_000)), "minute");
    return fault(
      `This machine's clock is ${minutes} ${worst.ms > 0 ? "ahead of" : "behind"} ${worst.with}: let both be set from the network (timedatectl set-ntp true).`,
    );
  }
  return ok(`The clock agrees with ${compared.join(" and ")}.`);
}

/**
 * Checks the disks of the data folder, the database and the backups.
 * @param stateOf the state of a disk by its free bytes
 */
export async function checkDisk(
  { variables, dataDir, cluster }: Installation,
  stateOf = diskState,
): Promise<Finding> {
  const { ok, fault, warning, unknown } = check("disk");
  const folders = [...new Set([dataDir, cluster ?? dataDir, backupFolder(variables)])];
  const disks = await Promise.all(
    folders.map(async (folder) => ({ folder, free: await freeBytes(folder) })),
  );
  const known = disks.flatMap(({ folder, free }) => (free === null ? [] : [{ folder, free }]));
  const fullest = known.sort((a, b) => a.free - b.free)[0];
  if (!fullest) return unknown(`The free space of ${dataDir} could not be read.`);
  const { folder, free } = fullest;
  const left = `${Math.floor(free / 1e6).toLocaleString("en")} MB`;
  if (stateOf(free) === "full") {
    return fault(`The disk of ${folder} is full (${left} left): make room at once.`);
  }
  if (stateOf(free) === "low") {
    return warning(
      `The disk of ${folder} is nearly full (${left} left): make room, or writing will soon fail.`,
    );
  }
  return ok(`${left} free.`);
}

/** Checks that other users of this machine cannot read the secrets and the data. */
export function checkFiles({ dataDir, variables }: Installation): Finding {
  const { ok, fault, unknown } = check("files");
  if (process.platform === "win32") return unknown("File modes are not checked on Windows.");
  const backups = backupFolder(variables);
  const inBackups = namesIn(backups).filter((name) => name.endsWith(".evenhour.gz"));
  const paths = [
    dataDir,
    ...namesIn(dataDir)
      .filter((name) => OUR_FILES.test(name))
      .map((name) => join(dataDir, name)),
    ...(backups.startsWith(dataDir) ? [backups] : []),
    ...inBackups.map((name) => join(backups, name)),
    resolve(".env"),
  ].filter((path) => existsSync(path));
  // The group of the database's own user may pass through the data folder (0710), but not list it.
  const open = paths.filter((path) => statSync(path).mode & (path === dataDir ? 0o067 : 0o077));
  const [first] = open;
  if (first) {
    const more = open.length > 1 ? ` and ${open.length - 1} more` : "";
    const mode = (statSync(first).mode & 0o777).toString(8);
    return fault(
      `Other users of this machine can open ${first} (mode ${mode})${more}: run chmod go= ${open.slice(0, 3).join(" ")}.`,
    );
  }
  return ok("Only their own user can read the data folder, the secrets and the backups.");
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** As env.ts requires of AUTH_SECRET. */
const MIN_SECRET_LENGTH = 32;

/** Checks the secret in the data folder; env.ts validates AUTH_SECRET. */
export function checkSecret({ variables, dataDir }: Installation): Finding {
  const { ok, fault, unknown } = check("secret");
  if (variables.AUTH_SECRET) return ok("AUTH_SECRET is set.");
  const file = join(dataDir, "auth-secret");
  if (!existsSync(file)) {
    return fault(
      `There is neither AUTH_SECRET nor ${file}: restore that file, or start Evenhour, which makes a new one and signs everybody out.`,
    );
  }
  try {
    if (readFileSync(file, "utf8").trim().length >= MIN_SECRET_LENGTH) return ok("Stored.");
  } catch {
    return unknown(`${file} cannot be read: run the doctor as the user who runs Evenhour.`);
  }
  return fault(
    `The secret in ${file} has fewer than ${MIN_SECRET_LENGTH} characters, so cookies can be forged: delete the file and restart Evenhour, which makes a new one and signs everybody out.`,
  );
}

const MIN_NODE = [20, 19] as const;
const RECOMMENDED_NODE = 24;
/** Node 20 is maintained until April 2026: https://nodejs.org/en/about/previous-releases */
const MAINTAINED_NODE = 22;

/** Checks the version of Node that the product runs on, or else this process. */
export function checkNode({ diagnosis }: Diagnosed): Finding {
  const { ok, fault, note } = check("node");
  const version = diagnosis?.node ?? process.versions.node;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [minMajor, minMinor] = MIN_NODE;
  if (major < minMajor || (major === minMajor && minor < minMinor)) {
    return fault(`Node ${version} is too old: install Node ${RECOMMENDED_NODE}.`);
  }
  if (major >= RECOMMENDED_NODE) return ok(`Node ${version}.`);
  const why = major < MAINTAINED_NODE ? " It gets no security corrections any more." : "";
  return note(`Node ${version} works; ${RECOMMENDED_NODE} is recommended.${why}`);
}
