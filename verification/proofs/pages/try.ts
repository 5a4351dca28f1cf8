/** Requests every page of the built product at every access level and records the outcome. */
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { db } from "../../../server/platform/db/client";
import { owner } from "../../../server/platform/db/testing/pools";
import { openFixture, signInAll } from "../../kit/fixture";
import { http, type Sent } from "../../kit/http";
import { type ActorName, actors, makeScene } from "../permissions/scene";
import type { Table } from "../permissions/table";
import { NONE, note, prepareAll, rowsOf, secretsIn } from "../permissions/try";
import { check, type Run } from "../proof";
import { pages } from "./cases";

/** What the HTTP server in front answers by itself. */
const IN_FRONT = ["api/doctor", "api/events"];

/** Folders with a page.tsx or route.ts, and what has none. Exchanges come last, since an agreed one reveals contacts. */
function folders(): string[] {
  const all = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|[\\/])(page\.tsx|route\.ts)$/.test(file))
    .map((file) => dirname(file).replaceAll("\\", "/"))
    .concat(IN_FRONT)
    .sort();
  const isExchange = (folder: string) => folder.includes("/exchanges");
  return [...all.filter((folder) => !isExchange(folder)), ...all.filter(isExchange)];
}

/** @param planted plants the bug: suspensions are not stored */
export async function tryPages(
  run: Pick<Run, "atEnd">,
  planted: boolean,
): Promise<{ found: Table; requests: number }> {
  const fixture = await openFixture(run, 0);
  const { baseUrl } = await fixture.start();
  const scene = await makeScene();
  const client = http(baseUrl, 4);
  run.atEnd(client.close);
  const known = (Object.keys(actors) as ActorName[]).flatMap((name) => {
    const person = scene.personOf(name);
    return person ? [{ name, userId: person.userId }] : [];
  });
  const sessions = await signInAll(baseUrl, known);
  const cookies = new Map(known.map(({ name }, index) => [name, sessions[index] ?? ""]));
  if (planted) await forgetSuspensions();

  const found: Table = new Map();
  let requests = 0;
  for (const folder of folders()) {
    const some = pages[folder];
    check(some, `app/${folder} has no rows in the table`);
    for (const each of [some].flat()) {
      const label = each.variant ? `${nameOf(folder)}, ${each.variant}` : nameOf(folder);
      for (const [row, prepare] of rowsOf(each)) {
        // Each row creates its own listing, and a member may have only a limited number open.
        await db.listing.updateMany({ where: { status: "open" }, data: { status: "closed" } });
        for (const [name, ready] of await prepareAll(scene, prepare, "rows" in each)) {
          const asked = await ready();
          if (asked === NONE) {
            note(found, `${label} | ${row}`, name, NONE);
            continue;
          }
          const { path, headers: own = {}, ...sending } = asked as { path: string } & Sent;
          await scene.setStatus(name, true);
          const { status, headers, body } = await client.send(path, {
            ...sending,
            headers: { cookie: cookies.get(name) ?? "", origin: baseUrl, ...own },
          });
          await scene.setStatus(name, false);
          if (sending.method) prepare.renew?.();
          requests += 1;
          const location = String(headers.location ?? "").replace(baseUrl, "");
          note(found, `${label} | ${row}`, name, wordOf(status, location, body.toString()));
        }
      }
    }
  }
  return { found, requests };
}

/** The address as shown in the table. */
const nameOf = (folder: string): string => `/${folder.replace(/^\(welcome\)\/?/, "")}`;

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** @returns the word for the table @throws Violated when a page fails */
function wordOf(status: number, location: string, body: string): string {
  check(status < 500, `a page answers ${status}`);
  if (status >= 300 && status < 400) {
    if (location.startsWith("/sign-in")) return "sign in";
    return `to ${location.replace(ID, "…").replace(/^\/test-[^/?]*/, "/here")}`;
  }
  if (status === 401) return "sign in";
  if (status === 404) return "hidden";
  check(status === 200, `a page answers ${status}`);
  return ["yes", ...secretsIn(body)].join(" + ");
}

/** The planted bug. */
async function forgetSuspensions(): Promise<void> {
  await owner().query(`
    CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.status := 'active'; RETURN NEW; END $$;
    CREATE TRIGGER stay BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION stay()`);
}
