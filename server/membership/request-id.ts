import { createHash } from "node:crypto";
import { DomainError } from "../../domain/kernel/errors";
import type { Tx } from "../platform/db/client";
import type { MemberContext } from "./context";

/** A row with that id that was made without a claim: by an earlier version, or as part of a series. */
export type Unclaimed = {
  /** Null where the row does not say who made it. */
  memberId: string | null;
  /** Whether it is what this request would have made, as far as the row still tells. */
  isSame: boolean;
};

/**
 * Uses up an id that the caller made, in the transaction that carries the request out: nothing is
 * claimed by a request that is refused. Of two equal requests in the same instant the second waits
 * here for the first. Called before anything else is checked, since what holds a request back today
 * does not unmake what it did yesterday.
 * @param request the procedure and its validated input; the answer to a question such as "is this
 *   another one?" is no part of it
 * @param findUnclaimed looks for a row that has the id already
 * @returns false when the same request was carried out before, whatever became of it since
 * @throws DomainError sameIdOtherContent, idTaken when the id is another member's
 */
export async function claimId(
  tx: Tx,
  { communityId, me, now }: Pick<MemberContext, "communityId" | "me" | "now">,
  request: { id: string; procedure: string; content: object },
  findUnclaimed: () => Promise<Unclaimed | null>,
): Promise<boolean> {
  const { id } = request;
  const contentHash = hashOf([request.procedure, request.content]);
  const claim = { communityId, id, memberId: me.id, contentHash, createdAt: now };
  const { count } = await tx.requestId.createMany({ data: [claim], skipDuplicates: true });
  if (count === 1) {
    const found = await findUnclaimed();
    if (!found) return true;
    if (found.memberId !== null && found.memberId !== me.id) throw new DomainError("idTaken");
    if (!found.isSame) throw new DomainError("sameIdOtherContent");
    return false;
  }
  const known = await tx.requestId.findUniqueOrThrow({
    where: { communityId_id: { communityId, id } },
  });
  if (known.memberId !== me.id) throw new DomainError("idTaken");
  if (known.contentHash !== contentHash) throw new DomainError("sameIdOtherContent");
  return false;
}

/** SHA-256 of a value as JSON, whatever the order of its keys; what is undefined is left out. */
const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");

const sorted = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
