/** What is stored of an act names the member and the user who acted for them. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import type { CommunityId } from "../../domain/community/community";
import { localOf } from "../../domain/kernel/calendar";
import { createInvitation } from "../community/invitation";
import { agreeExchange, reportExchange } from "../exchange/commands";
import { processDueExchange } from "../exchange/process-due";
import { proposeExchange } from "../exchange/propose-exchange";
import { recordExchange } from "../exchange/record-exchange";
import { writeNote } from "../exchange/write-note";
import { vouchForMember } from "../member/vouch-for-member";
import { db, transaction } from "../platform/db/client";
import { makeCommunity, makeUser, procedures } from "../testing/people";
import { admitMember } from "./admit-member";
import type { MemberContext } from "./context";

const DAY_MS = 86_400_000;
const what = { title: "Shopping", category: "shopping" as const, note: "" };

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let helper: string;

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  helper = await makeUser("Helper");
});

/** The context of the helper who acts for a member. */
async function asHelperOf(memberId: string, now = new Date()): Promise<MemberContext> {
  const communityId = fixture.id as CommunityId;
  const community = await db.community.findUniqueOrThrow({ where: { id: communityId } });
  const me = await db.member.findUniqueOrThrow({
    where: { communityId_id: { communityId, id: memberId } },
  });
  return { communityId, community, actor: { userId: helper }, me, now };
}

const dayIn = (days: number) => localOf(new Date(Date.now() + days * DAY_MS), "Europe/Madrid").date;

const eventsOf = async (exchangeId: string) => {
  const rows = await db.exchangeEvent.findMany({
    where: { communityId: fixture.id, exchangeId },
    orderBy: { version: "asc" },
  });
  return rows.map(({ kind, memberId, actingUserId }) => [kind, memberId, actingUserId]);
};

describe("an event", () => {
  it("has the session's user when members act for themselves", async () => {
    const { slug: community, coordinator, members } = fixture;
    const id = v7();
    await procedures(members.rosa.userId).exchange.record({
      community,
      id,
      otherId: coordinator.id,
      mySide: "giver",
      ...what,
      minutes: 60,
      date: dayIn(-1),
    });
    await procedures(coordinator.userId).exchange.confirm({ community, id, version: 1 });
    expect(await eventsOf(id)).toEqual([
      ["recorded", members.rosa.id, members.rosa.userId],
      ["confirmed", coordinator.id, coordinator.userId],
    ]);
  });

  it("has the helper, and the member whom they act for", async () => {
    const { rosa, karim } = fixture.members;
    const id = v7();
    await proposeExchange(await asHelperOf(rosa.id), {
      id,
      otherId: karim.id,
      mySide: "receiver",
      ...what,
      note: "At noon?",
      minutes: 60,
      date: dayIn(3),
      time: "12:00",
      place: "giver",
      placeNote: "",
    });
    await agreeExchange(await asHelperOf(karim.id), { id, version: 1 });
    await writeNote(await asHelperOf(karim.id), { id: v7(), exchangeId: id, text: "Yes." });
    await reportExchange(await asHelperOf(rosa.id), { id, version: 2, minutes: 60 });
    expect(await eventsOf(id)).toEqual([
      ["proposed", rosa.id, helper],
      ["agreed", karim.id, helper],
      ["reported", rosa.id, helper],
    ]);
    const notes = await db.exchangeNote.findMany({ where: { exchangeId: id } });
    expect(notes.map(({ memberId, actingUserId }) => [memberId, actingUserId])).toEqual([
      [rosa.id, helper],
      [karim.id, helper],
    ]);
  });

  it("has neither when time acts", async () => {
    const { rosa, karim } = fixture.members;
    const id = v7();
    await recordExchange(await asHelperOf(rosa.id), {
      id,
      otherId: karim.id,
      mySide: "giver",
      ...what,
      note: "Done.",
      minutes: 30,
      date: dayIn(-1),
    });
    const communityId = fixture.id;
    const later = (days: number) => new Date(Date.now() + days * DAY_MS);
    for (const days of [20, 40, 60]) {
      await processDueExchange({ communityId, exchangeId: id }, later(days));
    }
    expect((await eventsOf(id)).slice(1)).toEqual([["escalated", null, null]]);
    const notes = await db.exchangeNote.findMany({ where: { exchangeId: id } });
    expect(notes.map(({ actingUserId }) => actingUserId)).toEqual([helper]);
  });
});

describe("a vouch", () => {
  const vouchOf = (memberId: string) =>
    db.vouch.findUniqueOrThrow({
      where: { communityId_memberId: { communityId: fixture.id, memberId } },
    });
  const join = async (token?: string) => {
    const userId = await makeUser("Newcomer");
    await procedures(userId).community.join({ community: fixture.slug, token: token ?? "" });
    return db.member.findFirstOrThrow({ where: { communityId: fixture.id, userId } });
  };

  it("has the founder's own user, and the coordinator's for members they entered", async () => {
    const { coordinator, members } = fixture;
    const [founder, entered] = [await vouchOf(coordinator.id), await vouchOf(members.rosa.id)];
    expect(founder).toMatchObject({ kind: "founder", actingUserId: coordinator.userId });
    expect(entered).toMatchObject({ kind: "created", actingUserId: coordinator.userId });
  });

  it("has the user who created the invitation", async () => {
    const ctx = await asHelperOf(fixture.coordinator.id);
    const { id, token } = await createInvitation(ctx, { label: "", days: 3, maxUses: 1 });
    expect(await db.invitation.findFirstOrThrow({ where: { id } })).toMatchObject({
      createdById: fixture.coordinator.id,
      actingUserId: helper,
    });
    const { id: memberId } = await join(token);
    expect(await vouchOf(memberId)).toMatchObject({
      kind: "invited",
      byId: fixture.coordinator.id,
      actingUserId: helper,
    });
  });

  it("has the user who approved", async () => {
    const ctx = await asHelperOf(fixture.coordinator.id);
    const person = { userId: null, displayName: "Without internet", role: "member" as const };
    const { id } = await transaction((tx) =>
      admitMember(tx, ctx.community, person, new Date(), null),
    );
    await vouchForMember(ctx, { memberId: id });
    expect(await vouchOf(id)).toMatchObject({ kind: "approved", actingUserId: helper });
  });
});
