/** Which columns of each table are nullable. */
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorld, put, rowOf, TABLES, type Table, type World } from "./testing/rows";

const NOTHING = "23502";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

it.each(TABLES)("%s accepts a valid row", async (table) => {
  expect(await put(world, table, {})).toBe("accepted");
});

describe("only the optional columns accept NULL", () => {
  const optional: Partial<Record<Table, string[]>> = {
    account: ["floor", "ceiling", "closed_at", "vouched_at"],
    vouch: ["by_id", "source_id"],
    limit_decision: ["floor", "ceiling", "decided_by_id"],
    transfer: ["exchange_id", "reverses_id"],
    hold: ["ended_at"],
    // Prisma makes list columns nullable; its client reads NULL as an empty list.
    member: ["user_id", "languages", "photo_id", "latitude", "longitude"],
    invitation: ["withdrawn_at"],
    member_join: ["invitation_id"],
    // A trigger overwrites member_words of a new listing.
    listing: ["places", "needed_on", "photo_id", "member_words"],
    exchange: [
      "listing_id",
      "agreed_at",
      "reported_minutes",
      "reported_at",
      "reminded_at",
      "ended_at",
      "reversed_at",
      "due_at",
      "series_id",
      "reschedule_to",
    ],
    thanks: ["hidden_at", "edited_at"],
    exchange_event: ["member_id", "minutes", "starts_at"],
    // A CHECK refuses one of the two without the other.
    availability_override: ["starts", "ends"],
    installation: ["setup_token_hash", "claimed_at"],
    community: ["region"],
    user: [
      "password_hash",
      "email_verified_at",
      "language",
      "clock",
      "first_day",
      "former_email",
      "former_email_until",
    ],
    session: ["ended_at"],
    sign_in_link: ["used_at"],
    mail: ["sent_at", "expires_at"],
    revocation: ["revoked", "seen_at"],
    rate_limit: ["expire"],
  };

  it.each(TABLES)("%s", async (table) => {
    for (const column of Object.keys(rowOf(world, table))) {
      const expected = optional[table]?.includes(column) ? "accepted" : NOTHING;
      expect([column, await put(world, table, { [column]: null })]).toEqual([column, expected]);
    }
  });
});
