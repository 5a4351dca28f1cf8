import { seededRandom } from "../../../scripts/lib/random";
import { openDatabase } from "../../kit/database";
import { plantInFunction } from "../plant";
import { check, exercised, type Proof } from "../proof";
import { openHostile } from "./calls";
import { replayAll } from "./ids";

/** The heap at the end may exceed the heap after a quarter of the run by this factor, or by SLACK_BYTES. */
const MAX_GROWTH = 1.2;
const SLACK_BYTES = 16 * 2 ** 20;

export const proof: Proof<{ inputs: number }> = {
  name: "hostile",
  claim:
    "No input to any procedure causes a server error, reveals internals, changes the books without being accepted or leaks memory, and an id chosen by the caller carries out one request, whatever is sent under it later.",
  long: { inputs: 1000 },
  short: { inputs: 12 },
  bug: {
    name: "enqueuing a job fails with an error that nothing translates",
    counts: { inputs: 10 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    await openDatabase({ atEnd });
    process.env.PUBLIC_URL = "http://localhost:3000";
    if (planted) await plantInFunction("enqueue_job", "BEGIN\n", "BEGIN RAISE 'broken';\n");
    const hostile = await openHostile(seededRandom(seed).next);
    const { paths, attack } = hostile;
    const replayed = planted ? [] : await replayAll(hostile);
    const sum = { valid: { ok: 0, refused: 0 }, hostile: { ok: 0, refused: 0 } };
    const heaps: number[] = [];
    // In rounds over all procedures, so that each meets the data of the others.
    const rounds = Math.min(10, counts.inputs);
    for (let round = 0; round < rounds; round += 1) {
      const count = Math.ceil(counts.inputs / rounds);
      for (const path of paths) {
        for (const kind of ["valid", "hostile"] as const) {
          const { ok, refused } = await attack(path, kind, count);
          sum[kind].ok += ok;
          sum[kind].refused += refused;
        }
      }
      globalThis.gc?.();
      heaps.push(process.memoryUsage().heapUsed);
      say(`round ${round + 1} of ${rounds}: ${Math.round((heaps.at(-1) ?? 0) / 2 ** 20)} MB`);
    }
    const quarter = heaps[Math.floor(heaps.length / 4)] ?? 0;
    const last = heaps.at(-1) ?? 0;
    check(
      last < quarter * MAX_GROWTH + SLACK_BYTES,
      `the heap grew from ${quarter} to ${last} bytes over the last three quarters`,
    );
    exercised(planted || replayed.length > 5, `only ${replayed} accepted an id of the caller`);
    exercised(sum.valid.ok > sum.valid.refused / 4, "hardly any valid input was accepted");
    exercised(sum.hostile.refused > sum.hostile.ok, "hardly any hostile input was refused");
    return {
      "ids replayed": replayed.join(" "),
      procedures: paths.length,
      "valid accepted": sum.valid.ok,
      "valid refused": sum.valid.refused,
      "hostile refused": sum.hostile.refused,
      "harmless after all": sum.hostile.ok,
      "heap MB": last / 2 ** 20,
    };
  },
};
