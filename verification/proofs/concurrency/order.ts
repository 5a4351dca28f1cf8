import { requireConsistentBooks } from "../consistent-books";
import { check, exercised } from "../proof";
import type { Acknowledged } from "./attempts";
import { readAll } from "./reader";

/**
 * Checks, once all clients have stopped, that the acknowledged transfers are the applied ones, in an
 * order consistent with what the clients saw, and that the books are consistent.
 * @param applied ids of the transfers in the books
 * @returns how often two transfers of an account overlapped in time
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
  exercised(overlapping > 0, "no two transfers of an account ever overlapped in time");
  return overlapping;
}

/**
 * @returns how often a transfer of an account was sent before the previous one was answered
 * @throws Violated when a transfer that was answered before another was sent has the later version
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
      // A repeated request gets the version of the first one.
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
