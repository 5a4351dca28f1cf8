/**
 * Finds or downloads what the recipes in hosting/ use: Caddy, nginx and rsync as Debian packages them. They are
 * unpacked into a folder of node_modules, so that nothing is installed and no service is started.
 */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "./run";

const FOLDER = "node_modules/.cache/evenhour-web-servers";

const PLACES = { caddy: "usr/bin/caddy", nginx: "usr/sbin/nginx", rsync: "usr/bin/rsync" };
type Name = keyof typeof PLACES;
const names = Object.keys(PLACES) as Name[];

/** The system's program, else the downloaded one. Ordinary users often lack /usr/sbin in their PATH. */
const pathOf = (name: Name): string | undefined =>
  [...(process.env.PATH ?? "").split(":"), "/usr/sbin"]
    .map((folder) => join(folder, name))
    .concat(resolve(FOLDER, PLACES[name]))
    .find((path) => existsSync(path));

export type WebServers = Record<Name, string> & {
  /** For processes of downloaded programs: where their libraries are. */
  env: Record<string, string>;
};

/** The paths of the programs; null when one is missing. Downloads nothing. */
export function findWebServers(): WebServers | null {
  const [caddy, nginx, rsync] = [pathOf("caddy"), pathOf("nginx"), pathOf("rsync")];
  if (!caddy || !nginx || !rsync) return null;
  const libraries = resolve(FOLDER, "usr/lib");
  const folders = existsSync(libraries) ? readdirSync(libraries) : [];
  const ours = folders.filter((name) => name.endsWith("-gnu")).map((name) => join(libraries, name));
  return { caddy, nginx, rsync, env: ours.length > 0 ? { LD_LIBRARY_PATH: ours.join(":") } : {} };
}

/**
 * Downloads the missing programs, with the libraries that this system lacks.
 * @returns null, or a message when they could not be downloaded
 */
export async function provideWebServers(say: (line: string) => void): Promise<string | null> {
  if (findWebServers()) return null;
  const missing = names.filter((name) => !pathOf(name));
  const sentence = `The tests of hosting/ need ${missing.join(" and ")}: install them, or run the tests on Debian.`;
  if (!existsSync("/etc/debian_version")) return sentence;
  say("Downloading Debian's web servers…");
  const packages = await packagesFor(missing);
  mkdirSync(FOLDER, { recursive: true });
  const { code, output } = await run("apt-get", ["download", ...packages], { cwd: FOLDER });
  if (code !== 0) return `${sentence}\n${output.trim()}`;
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".deb"))) {
    await run("dpkg-deb", ["--extract", join(FOLDER, file), FOLDER]);
  }
  return findWebServers() ? null : sentence;
}

/** The packages of the programs and their dependencies that are not installed; upgrades are left out. */
async function packagesFor(missing: Name[]): Promise<string[]> {
  const simulate = () =>
    run("apt-get", ["install", "--simulate", "--no-install-recommends", ...missing]);
  let { code, output } = await simulate();
  if (code !== 0) {
    // Images of containers come without package lists.
    await run("apt-get", ["update"]);
    ({ code, output } = await simulate());
  }
  const found = [...output.matchAll(/^Inst (\S+) \(/gm)].map(([, name = ""]) => name);
  return code === 0 && found.length > 0 ? found : missing;
}
