import { requireConsistentBooks } from "../consistent-books";
import { check, exercised } from "../proof";
import type { Acknowledged } from "./attempts";
import { readAll } from "./reader";

/**
 * What must be so when all have stopped: what was acknowledged is what was applied, in an order that
 * the clients could have seen, and the books are right.
 * @param applied the ids of the movements in the books
 * @returns how often two movements of an account were under way together
 */
export async function requireApplied(
  community: string,
  applied: string[],
  acknowledged: Acknowledged[],
): Promise<number> {
  const known = new Set(acknowledged.map(({ id }) => id));
  check(
    applied.length === known.size && applied.every((id) => known.has(id)),
    `${known.size} movements were acknowledged and ${applied.length} applied`,
  );
  const overlapping = requireOrder(acknowledged);
  await readAll(community);
  await requireConsistentBooks("at the end", community);
  exercised(overlapping > 0, "no two movements of an account were ever under way together");
  return overlapping;
}

/**
 * @returns how often the next movement of an account was sent before the last was answered
 * @throws Broken when a movement that was answered before another was sent has the later version
 */
function requireOrder(acknowledged: Acknowledged[]): number {
  let overlapping = 0;
  const lines = new Map<string, { version: number; sent: number; answered: number }[]>();
  for (const { sent, answered, versions } of acknowledged) {
    for (const [account, version] of versions) {
      const known = lines.get(account) ?? [];
      known.push({ version, sent, answered });
      lines.set(account, known);
    }
  }
  for (const known of lines.values()) {
    known.sort((a, b) => a.version - b.version || a.sent - b.sent);
    let latest = { version: 0, sent: 0 };
    let answered = 0;
    for (const line of known) {
      // A repeated request is told the version of the first one.
      if (line.version === latest.version) continue;
      check(
        line.answered >= latest.sent,
        `version ${line.version} was acknowledged before version ${latest.version} was sent`,
      );
      if (line.sent < answered) overlapping += 1;
      answered = line.answered;
      if (line.sent > latest.sent) latest = line;
    }
  }
  return overlapping;
}
