import { openDatabase } from "../../kit/database";
import { definitionOf, paths } from "../procedures";
import { check, exercised, type Proof } from "../proof";
import { differences, readTable } from "./table";
import { tryAll } from "./try";

export const proof: Proof<{ procedures: number }> = {
  name: "permissions",
  claim:
    "Every procedure answers every access level, about every owner's objects, as docs/permissions.md says, and a refused call changes nothing.",
  long: { procedures: 1000 },
  short: { procedures: 1000 },
  bug: {
    name: "community.overview requires a member instead of a coordinator",
    counts: { procedures: 32 },
  },
  async run({ counts, planted, say, atEnd }) {
    const { url } = await openDatabase({ atEnd });
    if (planted) forgetCoordinator();
    const tried = paths.slice(0, counts.procedures);
    const { found, calls, refusals, compared } = await tryAll(url, () => undefined, tried);
    say(`${calls} calls`);
    const isTried = ([row]: [string, unknown]) =>
      tried.length === paths.length || tried.some((path) => row.startsWith(path));
    const expected = new Map([...readTable("procedures", 2)].filter(isTried));
    const wrong = differences(expected, found);
    check(wrong.length === 0, `${wrong.length} cells differ:\n${wrong.slice(0, 12).join("\n")}`);
    exercised(compared > 100, "hardly any call was refused");
    return { procedures: tried.length, rows: found.size, calls, refusals, compared };
  },
};

/** Removes the last access check from one procedure. */
function forgetCoordinator(): void {
  const { middlewares } = definitionOf("community.overview");
  middlewares.splice(middlewares.length - 3, 1);
}
