import { createHash } from "node:crypto";
import { DomainError } from "../../domain/kernel/errors";
import type { Tx } from "../platform/db/client";
import type { MemberContext } from "./context";

/** A row with the id but without a claim: made by an earlier version, or as part of a series. */
export type Unclaimed = {
  /** The member who made it; null where the row does not say. */
  memberId: string | null;
  /** Whether this request would have made the row, as far as it still shows. */
  isSame: boolean;
};

/**
 * Claims an id that the caller generated, in the transaction of the request, so that a refused
 * request claims nothing. Of two equal concurrent requests the second waits here for the first. Call
 * it before all other checks: a retry succeeds even if the request would be refused now.
 * @param request the procedure and its validated input, without confirmations such as
 *   `confirmedDuplicate`
 * @param findUnclaimed finds an existing row with the id
 * @returns false when the same request was carried out before, whatever happened to the row since
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

/** SHA-256 of a value as JSON with sorted keys; undefined values are left out. */
const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");

const sorted = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
