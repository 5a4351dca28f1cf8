import { instantOf } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import { requireMinutes } from "../../domain/kernel/hours";
import { listingExpiry } from "../../domain/listing/listing";
import type { ListingInput } from "../../domain/listing/schema";
import { dateOf } from "../availability/queries";
import type { MemberContext } from "../membership/context";
import { claimId } from "../membership/request-id";
import { db, transaction } from "../platform/db/client";
import { requireUnderListingLimit } from "./limits";

/** When a request is needed, as stored; empty for an offer. @throws DomainError dateNotReal */
function requireNeededOn(
  { kind, neededOn, neededTime }: ListingInput,
  { community }: MemberContext,
) {
  if (kind === "offer" || neededOn === "") return { neededOn: null, neededTime: "" };
  try {
    instantOf(neededOn, neededTime || "12:00", community.timeZone);
  } catch {
    throw new DomainError("dateNotReal", {}, "neededOn");
  }
  return { neededOn: dateOf(neededOn), neededTime };
}

/**
 * Creates an offer or a request.
 * @throws DomainError minutesNotAStep, dateNotReal, memberNotActive, idTaken, sameIdOtherContent
 */
export async function createListing(
  ctx: MemberContext,
  { id, ...input }: ListingInput & { id: string },
): Promise<{ id: string }> {
  const { communityId, me, now } = ctx;
  return transaction(async (tx) => {
    const request = { id, procedure: "listing.create", content: input };
    const isNew = await claimId(tx, ctx, request, async () => {
      const row = await tx.listing.findUnique({ where: { communityId_id: { communityId, id } } });
      if (!row) return null;
      const wasEdited = row.updatedAt.getTime() !== row.createdAt.getTime();
      return {
        memberId: row.memberId,
        isSame: wasEdited || hasContent(row, contentOf(input, ctx)),
      };
    });
    if (!isNew) return { id };
    requireActive(ctx);
    requireMinutes(input.minutes, ctx.community.granularity);
    await requireUnderListingLimit(tx, ctx, id, true);
    await tx.listing.createMany({
      data: [
        {
          communityId,
          id,
          memberId: me.id,
          status: "open",
          createdAt: now,
          updatedAt: now,
          expiresAt: listingExpiry(now),
          ...contentOf(input, ctx),
        },
      ],
    });
    return { id };
  });
}

/** The columns of the input. @throws DomainError dateNotReal */
const contentOf = (input: ListingInput, ctx: MemberContext) => ({
  ...input,
  ...requireNeededOn(input, ctx),
  language: input.language ?? ctx.community.language,
});

/** Whether a stored listing has this content; a list has no order. */
const hasContent = (row: object, content: ReturnType<typeof contentOf>): boolean => {
  const stored = new Map(Object.entries(row));
  return Object.entries(content).every(
    ([name, value]) => comparable(stored.get(name)) === comparable(value),
  );
};

const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.toSorted() : value);

/** Changes the member's own listing. @throws DomainError notFound, minutesNotAStep */
export async function updateListing(
  ctx: MemberContext,
  { id, ...input }: ListingInput & { id: string },
) {
  requireMinutes(input.minutes, ctx.community.granularity);
  await changeOwn(ctx, id, { ...input, ...requireNeededOn(input, ctx), updatedAt: ctx.now });
  return { id };
}

/** Opens a lapsed, paused or closed listing again for LISTING_DAYS. */
export async function renewListing(ctx: MemberContext, { id }: { id: string }) {
  requireActive(ctx);
  const data = { status: "open" as const, updatedAt: ctx.now, expiresAt: listingExpiry(ctx.now) };
  await transaction(async (tx) => {
    await requireUnderListingLimit(tx, ctx, id, false);
    await changeOwn(ctx, id, data, tx);
  });
}

/** Hides a listing until it is renewed. */
export const pauseListing = (ctx: MemberContext, { id }: { id: string }) =>
  changeOwn(ctx, id, { status: "paused", updatedAt: ctx.now });

/** Closes a listing; only its member still sees it. */
export const closeListing = (ctx: MemberContext, { id }: { id: string }) =>
  changeOwn(ctx, id, { status: "closed", updatedAt: ctx.now });

async function changeOwn(
  ctx: MemberContext,
  id: string,
  data: Parameters<typeof db.listing.updateMany>[0]["data"],
  tx: Pick<typeof db, "listing"> = db,
): Promise<void> {
  const { communityId } = ctx;
  const changed = await tx.listing.updateMany({
    where: { communityId, id, memberId: ctx.me.id },
    data,
  });
  if (changed.count === 0) throw new DomainError("notFound");
}

/** @throws DomainError memberNotActive while the member is paused */
export function requireActive(ctx: MemberContext): void {
  if (ctx.me.status !== "active") throw new DomainError("memberNotActive");
}
