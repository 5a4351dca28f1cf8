/** Suggestions of matching on the real database, through the procedures. */
import { v7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import type { Category } from "../../domain/listing/listing";
import { db } from "../platform/db/client";
import { makeCommunity, procedures } from "../testing/people";
import { readCandidates } from "./candidates";

const DAY = 86_400_000;
const names = ["rosa", "karim", "lin", "ines"] as const;
type Name = (typeof names)[number];

let fixture: Awaited<ReturnType<typeof makeCommunity<Name>>>;
beforeEach(async () => {
  fixture = await makeCommunity(names);
});

const as = (name: Name) => procedures(fixture.members[name].userId);
const idOf = (name: Name) => fixture.members[name].id;
const here = () => ({ community: fixture.slug });

async function list(
  name: Name,
  kind: "offer" | "request",
  category: Category,
  title = `${kind} of ${name}`,
) {
  const id = v7();
  await as(name).listing.create({
    ...here(),
    id,
    kind,
    category,
    title,
    description: "",
    minutes: 60,
    places: ["online"],
    availability: "",
  });
  return id;
}
const suggestionsFor = (name: Name, id: string) => as(name).match.forListing({ ...here(), id });
const neighbour = {
  id: expect.any(String),
  displayName: expect.any(String),
  role: "member",
  neighbourhood: "",
};

/** One hour of help, confirmed by both sides. */
async function help(giver: Name, receiver: Name, minutes: number) {
  await as(receiver).exchange.record({
    ...here(),
    id: v7(),
    otherId: idOf(giver),
    mySide: "receiver",
    note: "",
    minutes,
    title: "Help",
    category: "care",
    date: localOf(new Date(), "Europe/Madrid").date,
    confirmedDuplicate: true,
  });
}

describe("suggestions for my listing", () => {
  it("are members who offer what I request, or request what I offer, with reasons", async () => {
    const [offer, request] = [
      await list("karim", "offer", "repair", "Mending bicycles"),
      await list("rosa", "request", "repair", "My bicycle squeaks"),
    ];
    await list("lin", "offer", "cooking");
    const reasons = ["sameKind", "placeSuits", "isNew"];
    expect(await suggestionsFor("rosa", request)).toEqual([
      {
        member: { id: idOf("karim"), displayName: "karim", role: "member", neighbourhood: "" },
        listing: { id: offer, title: "Mending bicycles", minutes: 60 },
        reasons,
      },
    ]);
    expect(await suggestionsFor("karim", offer)).toEqual([
      {
        member: { id: idOf("rosa"), displayName: "rosa", role: "member", neighbourhood: "" },
        listing: { id: request, title: "My bicycle squeaks", minutes: 60 },
        reasons,
      },
    ]);
  });

  it("are shown only to me", async () => {
    const request = await list("rosa", "request", "repair");
    await expect(suggestionsFor("karim", request)).rejects.toThrow();
    await expect(suggestionsFor("karim", v7())).rejects.toThrow();
  });

  it("name only active members with open listings, of this community, and never me", async () => {
    const request = await list("rosa", "request", "repair");
    await list("rosa", "offer", "repair");
    const paused = await list("karim", "offer", "repair");
    await as("karim").listing.pause({ ...here(), id: paused });
    const lapsed = await list("lin", "offer", "repair");
    await db.listing.updateMany({ where: { id: lapsed }, data: { expiresAt: new Date(0) } });
    await list("ines", "offer", "repair");
    await db.member.updateMany({ where: { id: idOf("ines") }, data: { status: "paused" } });
    const elsewhere = fixture;
    fixture = await makeCommunity(names);
    await list("karim", "offer", "repair");
    fixture = elsewhere;
    expect(await suggestionsFor("rosa", request)).toEqual([]);
    await db.member.updateMany({ where: { id: idOf("ines") }, data: { status: "active" } });
    expect(await suggestionsFor("rosa", request)).toHaveLength(1);
  });

  it("are none while my listing or I am paused", async () => {
    const request = await list("rosa", "request", "repair");
    await list("karim", "offer", "repair");
    await list("karim", "request", "care");
    await list("rosa", "offer", "care");
    expect(await suggestionsFor("rosa", request)).toHaveLength(1);
    expect((await as("rosa").match.mine(here())).pairs).toHaveLength(1);
    await db.member.updateMany({ where: { id: idOf("rosa") }, data: { status: "paused" } });
    expect(await suggestionsFor("rosa", request)).toEqual([]);
    expect(await as("rosa").match.mine(here())).toEqual({ pairs: [], circles: [] });
    await db.member.updateMany({ where: { id: idOf("rosa") }, data: { status: "active" } });
    await as("rosa").listing.pause({ ...here(), id: request });
    expect(await suggestionsFor("rosa", request)).toEqual([]);
  });

  it("rank members with a high load lower, and name those glad to give where balances are visible", async () => {
    for (const name of ["karim", "lin"] as const) await list(name, "offer", "repair");
    await db.member.updateMany({ data: { joinedAt: new Date(Date.now() - 200 * DAY) } });
    const request = await list("rosa", "request", "repair");
    await help("karim", "lin", 180);
    const [first, second] = await suggestionsFor("rosa", request);
    expect(first).toMatchObject({ member: { id: idOf("lin") } });
    expect(first?.reasons).toEqual(["sameKind", "placeSuits", "carriesLittle", "couldUseHours"]);
    expect(second).toMatchObject({ member: { id: idOf("karim") } });
    expect(second?.reasons).toEqual(["sameKind", "placeSuits"]);
    // The response has no figures, only members, titles, durations and codes.
    expect(Object.keys(first ?? {}).sort()).toEqual(["listing", "member", "reasons"]);
    await db.community.update({ where: { id: fixture.id }, data: { balancesVisible: false } });
    const [hidden] = await suggestionsFor("rosa", request);
    expect(hidden?.reasons).toEqual(["sameKind", "placeSuits", "carriesLittle"]);
  });
});

describe("candidates", () => {
  it("exclude my own listings, so that these do not displace others", async () => {
    for (const name of ["karim", "lin"] as const) await list(name, "offer", "repair");
    const around = { communityId: fixture.id, meId: idOf("karim"), now: new Date() };
    const found = await readCandidates(around, { kind: "offer", category: "repair" });
    expect(found.map(({ memberId }) => memberId)).toEqual([idOf("lin")]);
  });
});

describe("a candidate's load", () => {
  const loadOf = async (name: Name, now = new Date()) => {
    const around = { communityId: fixture.id, meId: idOf("rosa"), now };
    const found = await readCandidates(around, { kind: "offer", category: "repair" });
    const { balance, promised, givenLately, receivedLately } =
      found.find(({ memberId }) => memberId === idOf(name)) ?? {};
    return { balance, promised, givenLately, receivedLately };
  };

  it("is the minutes agreed to give soon, and given and received lately", async () => {
    for (const name of ["karim", "lin"] as const) await list(name, "offer", "repair");
    await help("karim", "lin", 90);
    await help("lin", "karim", 30);
    for (const days of [3, 20]) {
      const id = v7();
      await as("lin").exchange.propose({
        ...here(),
        id,
        otherId: idOf("karim"),
        mySide: "receiver",
        note: "",
        title: "Help",
        category: "care",
        minutes: 45,
        place: "giver",
        placeNote: "",
        ...localOf(new Date(Date.now() + days * DAY), "Europe/Madrid"),
      });
      await as("karim").exchange.agree({ ...here(), id, version: 1 });
    }
    const karim = { balance: 60, promised: 45, givenLately: 90, receivedLately: 30 };
    expect(await loadOf("karim")).toEqual(karim);
    expect(await loadOf("lin")).toEqual({
      balance: -60,
      promised: 0,
      givenLately: 30,
      receivedLately: 90,
    });
    // A week later the second promise is near; two months later the help given is old.
    const inDays = (days: number) => new Date(Date.now() + days * DAY);
    expect(await loadOf("karim", inDays(7))).toEqual({ ...karim, promised: 90 });
    expect(await loadOf("karim", inDays(61))).toMatchObject({ givenLately: 0, receivedLately: 0 });
  });
});

describe("my pairs and circles", () => {
  it("are the members with whom help is mutual", async () => {
    const [mine, wish] = [
      await list("rosa", "offer", "repair", "Bicycles"),
      await list("rosa", "request", "care", "Company"),
    ];
    expect(await as("rosa").match.mine(here())).toEqual({ pairs: [], circles: [] });
    const [theirs, theirWish] = [
      await list("karim", "offer", "care", "Visits"),
      await list("karim", "request", "repair", "My bicycle"),
    ];
    const [rosa, karim] = (["rosa", "karim"] as const).map((name) => ({
      ...neighbour,
      id: idOf(name),
      displayName: name,
    }));
    const { pairs, circles } = await as("rosa").match.mine(here());
    expect(circles).toEqual([]);
    expect(pairs).toEqual([
      {
        other: karim,
        iGive: {
          giver: rosa,
          receiver: karim,
          offer: { id: mine, title: "Bicycles" },
          request: { id: theirWish, title: "My bicycle" },
          reasons: ["sameKind", "placeSuits"],
        },
        theyGive: {
          giver: karim,
          receiver: rosa,
          offer: { id: theirs, title: "Visits" },
          request: { id: wish, title: "Company" },
          reasons: ["sameKind", "placeSuits", "isNew"],
        },
      },
    ]);
    expect((await as("karim").match.mine(here())).pairs).toHaveLength(1);
    expect((await as("lin").match.mine(here())).pairs).toEqual([]);
  });

  it("include circles of three, shown to each of the three", async () => {
    await list("rosa", "offer", "repair");
    await list("karim", "request", "repair");
    await list("karim", "offer", "cooking");
    await list("lin", "request", "cooking");
    await list("lin", "offer", "care");
    await list("rosa", "request", "care");
    const ring: Name[] = ["rosa", "karim", "lin", "rosa", "karim"];
    for (const [index, me] of (["rosa", "karim", "lin"] as const).entries()) {
      const { pairs, circles } = await as(me).match.mine(here());
      expect(pairs).toEqual([]);
      expect(circles).toHaveLength(1);
      expect(circles[0]?.hands.map(({ giver }) => giver.displayName)).toEqual(
        ring.slice(index, index + 3),
      );
      expect([circles[0]?.second.displayName, circles[0]?.third.displayName]).toEqual(
        ring.slice(index + 1, index + 3),
      );
    }
  });
});
