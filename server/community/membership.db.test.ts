/** Joining, names of members, and concurrent requests. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  COMMUNITIES,
  JOINS_FROM_AN_ADDRESS,
  JOINS_FROM_AN_ADDRESS_IN_A_DAY,
  MAX_OPEN_INVITATIONS,
} from "../../domain/kernel/limits";
import { appRouter } from "../api/root";
import { createCallerFactory } from "../api/trpc";
import { lockCommunity } from "../membership/locks";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { untilLocksWait } from "../platform/db/testing/waiting";
import { makeCommunity, makeUser, procedures } from "../testing/people";
import { deleteOldJoins } from "./join-community";

const DAY = 86_400_000;
const createCaller = createCallerFactory(appRouter);
/** A new user, at this network address. */
async function newcomer(name = "Newcomer", address = v7(), now = new Date()) {
  const userId = await makeUser(name);
  const actor = { userId, sessionId: v7(), name, email: `${userId}@example.org`, language: null };
  return { userId, ask: createCaller({ actor, locale: "en", address, now }) };
}
const answerTo = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );
const rules = {
  name: "Test",
  about: "",
  language: "en" as const,
  timeZone: "Europe/Madrid",

  granularity: 15 as const,
  floor: -600,
  newcomerFloor: -60,
  softFloor: -300,
  softCeiling: 1200,
  welcomeCredit: 0,
  confirmationDays: 7,
  balancesVisible: false,
};

describe("joining", () => {
  it("is decided by the rules at the moment it is written", async () => {
    for (let round = 0; round < 6; round += 1) {
      const fixture = await makeCommunity([]);
      const { slug } = fixture;
      const carla = procedures(fixture.coordinator.userId);
      await carla.community.update({ community: slug, joining: "open", ...rules });
      const closing = { done: false };
      const people = await Promise.all(Array.from({ length: 5 }, () => newcomer()));
      const close = carla.community
        .update({ community: slug, joining: "invitation", ...rules })
        .then(() => {
          closing.done = true;
        });
      const joins = people.map(async ({ ask }, index) => {
        if (index > 2) await close;
        const wasClosed = closing.done;
        return { wasClosed, answer: await answerTo(ask.community.join({ community: slug })) };
      });
      for (const { wasClosed, answer } of await Promise.all(joins)) {
        expect(["accepted", "notOpenToJoin"]).toContain(answer);
        if (wasClosed) expect(answer).toBe("notOpenToJoin");
      }
    }
  });

  it("waits for a concurrent change of the rules, and follows it", async () => {
    const fixture = await makeCommunity([]);
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    const { ask } = await newcomer();
    let joining: Promise<unknown> = Promise.resolve();
    await db.$transaction(async (tx) => {
      await tx.community.update({
        where: { id: fixture.id },
        data: { joining: "invitation" },
      });
      joining = answerTo(ask.community.join({ community: fixture.slug }));
      await untilLocksWait(1, joining);
    });
    expect(await joining).toBe("notOpenToJoin");
  });

  it("uses an invitation's last use once, and none after it was withdrawn", async () => {
    const fixture = await makeCommunity([]);
    const carla = procedures(fixture.coordinator.userId).community;
    const community = fixture.slug;
    const { token, id } = await carla.invite({ community, label: "", days: 1, maxUses: 2 });
    const people = await Promise.all(Array.from({ length: 6 }, () => newcomer()));
    const join = ({ ask }: (typeof people)[number], by: string) =>
      answerTo(ask.community.join({ community, token: by }));
    const answers = await Promise.all(people.map((person) => join(person, token)));
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(2);
    expect(answers.filter((answer) => answer === "invitationInvalid")).toHaveLength(4);
    const second = await carla.invite({ community, label: "", days: 1, maxUses: 2 });
    await carla.withdrawInvitation({ community, id: second.id });
    expect(await join(await newcomer(), second.token)).toBe("invitationInvalid");
    const [used] = await db.invitation.findMany({ where: { id } });
    expect(used?.uses).toBe(2);
    // Two concurrent requests create one member.
    const third = await carla.invite({ community, label: "", days: 1, maxUses: 5 });
    const twice = await newcomer();
    expect(await Promise.all([join(twice, third.token), join(twice, third.token)])).toEqual([
      "accepted",
      "accepted",
    ]);
    expect(await db.invitation.findFirst({ where: { id: third.id } })).toMatchObject({ uses: 1 });
  });

  it("is reported to coordinators when many join at once, and then limited for a while", async () => {
    const fixture = await makeCommunity([]);
    const carla = procedures(fixture.coordinator.userId).community;
    const community = fixture.slug;
    const invited = { community, label: "Street party", days: 1, maxUses: 100 };
    const { token, id } = await carla.invite(invited);
    const address = "2001:db8:7:7";
    const people = await Promise.all(
      Array.from({ length: JOINS_FROM_AN_ADDRESS.max + 3 }, (_, index) =>
        newcomer(`Newcomer ${index}`, `${address}::${index + 1}`),
      ),
    );
    const answers = await Promise.all(
      people.map(({ ask }) => answerTo(ask.community.join({ community, token }))),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(
      JOINS_FROM_AN_ADDRESS.max,
    );
    expect(answers.filter((answer) => answer === "tooManyJoins")).toHaveLength(3);
    const elsewhere = await newcomer();
    expect(await answerTo(elsewhere.ask.community.join({ community, token }))).toBe("accepted");
    const { bursts } = await carla.overview({ community });
    expect(bursts).toMatchObject([
      {
        count: JOINS_FROM_AN_ADDRESS.max,
        minutes: 1,
        isOneAddress: true,
        invitation: { id, label: "Street party", isWithdrawn: false },
      },
    ]);
    expect(bursts[0]?.members).toHaveLength(JOINS_FROM_AN_ADDRESS.max);
    // Nothing of the address itself is stored, and after a month nothing.
    const rows = await db.memberJoin.findMany({ where: { communityId: fixture.id } });
    expect(JSON.stringify(rows)).not.toContain(address);
    await deleteOldJoins(new Date(Date.now() + 29 * DAY));
    expect(await db.memberJoin.count({ where: { communityId: fixture.id } })).toBe(rows.length);
    await deleteOldJoins(new Date(Date.now() + 31 * DAY));
    expect(await db.memberJoin.count({ where: { communityId: fixture.id } })).toBe(0);
  });
});

describe("joining from one network, a few at a time", () => {
  it("is limited per day", async () => {
    const fixture = await makeCommunity([]);
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    const join = async () => {
      const { ask } = await newcomer("Newcomer", "2001:db8:7:8::1");
      return answerTo(ask.community.join({ community: fixture.slug }));
    };
    const batch = JOINS_FROM_AN_ADDRESS.max;
    for (let count = 0; count < JOINS_FROM_AN_ADDRESS_IN_A_DAY.max; count += batch) {
      expect(await Promise.all(Array.from({ length: batch }, join))).toEqual(
        Array(batch).fill("accepted"),
      );
      await owner().query(
        "UPDATE member_join SET joined_at = joined_at - interval '1 hour' WHERE community_id = $1",
        [fixture.id],
      );
    }
    expect(await join()).toBe("tooManyJoinsToday");
    await owner().query(
      "UPDATE member_join SET joined_at = joined_at - interval '1 day' WHERE community_id = $1",
      [fixture.id],
    );
    expect(await join()).toBe("accepted");
  });
});

describe("a name", () => {
  const open = async () => {
    const fixture = await makeCommunity(["rosa"] as const);
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    return fixture;
  };
  const profile = { about: "", languages: [], neighbourhood: "", contact: "" };

  it("similar to a coordinator's is refused to new members and on renaming", async () => {
    const { slug: community, members } = await open();
    for (const name of ["Carla", "Саrlа", "CARLA", "Carla ★", "C\u200Barla", "Carla 2"]) {
      const { ask } = await newcomer(name);
      expect([name, await answerTo(ask.community.join({ community }))]).toEqual([
        name,
        "nameLikeCoordinator",
      ]);
      const rename = procedures(members.rosa.userId).member.updateProfile({
        community,
        displayName: name,
        ...profile,
      });
      expect([name, await answerTo(rename)]).toEqual([name, "nameLikeCoordinator"]);
      // With another name they can join.
      const answer = ask.community.join({ community, name: `${name} Bianchi` });
      expect(await answerTo(answer)).toBe("accepted");
    }
    const admin = await newcomer("Carla ✔ Coordinator");
    expect(await answerTo(admin.ask.community.join({ community }))).toBe("nameClaimsRole");
  });

  it("is not followed by a neighbourhood that claims a role", async () => {
    const { id, slug: community, members } = await open();
    const save = (neighbourhood: string) => {
      const { updateProfile } = procedures(members.rosa.userId).member;
      return answerTo(updateProfile({ community, displayName: "Rosa", ...profile, neighbourhood }));
    };
    for (const name of ["Coordinator", "🅒oordinador", "Mill Lane · Admin"]) {
      expect([name, await save(name)]).toEqual([name, "neighbourhoodClaimsRole"]);
    }
    expect(await save("Mill Lane")).toBe("accepted");
    // A coordinator gave it this name.
    const point = { latitude: 0, longitude: 0 };
    await db.neighbourhood.create({
      data: { communityId: id, id: v7(), name: "Official quarter", ...point },
    });
    expect(await save("official quarter")).toBe("accepted");
  });

  it("of a user that is an address or invisible must be entered again", async () => {
    const { slug: community } = await open();
    for (const name of ["rosa@example.org", "\u3164", "https://evil.example"]) {
      const { ask } = await newcomer(name);
      expect([name, await answerTo(ask.community.join({ community }))]).toEqual([
        name,
        "nameNeeded",
      ]);
      expect(await answerTo(ask.community.join({ community, name: "Ines" }))).toBe("accepted");
    }
  });

  it("counts as a coordinator's during a concurrent renaming", async () => {
    const { id, slug: community, members, coordinator } = await open();
    const displayName = "Berta";
    const rosa = procedures(members.rosa.userId).member;
    let renaming: Promise<unknown> = Promise.resolve();
    await db.$transaction(async (tx) => {
      await lockCommunity(tx, { id });
      await tx.member.updateMany({ where: { id: coordinator.id }, data: { displayName } });
      renaming = answerTo(rosa.updateProfile({ community, displayName, ...profile }));
      await untilLocksWait(1, renaming);
    });
    expect(await renaming).toBe("nameLikeCoordinator");
  });

  it("older than the rule is shown to coordinators", async () => {
    const { slug: community, members, coordinator } = await open();
    await db.member.updateMany({ where: { id: members.rosa.id }, data: { displayName: "СARLA" } });
    const { alike } = await procedures(coordinator.userId).community.overview({ community });
    expect(alike.map(({ id }) => id)).toEqual([members.rosa.id]);
  });
});

describe("creating a community", () => {
  it("creates it once for concurrent equal requests", async () => {
    const { coordinator } = await makeCommunity([]);
    const carla = procedures(coordinator.userId).community;
    const name = `Elm ${v7()}`;
    const found = { name, language: "en" as const, timeZone: "Europe/Madrid" };
    const slugs = await Promise.all(Array.from({ length: 5 }, () => carla.create(found)));
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(1);
    expect(await db.community.count({ where: { name } })).toBe(1);
    expect(await answerTo(carla.create({ ...found, language: "es" }))).toBe("foundedDifferently");
  });

  it("is refused beyond the limit of a day, also for concurrent requests", async () => {
    const { coordinator } = await makeCommunity([]);
    const carla = procedures(coordinator.userId).community;
    const answers = await Promise.all(
      Array.from({ length: COMMUNITIES.max + 3 }, (_, number) => {
        const name = `Ash ${number} ${v7()}`;
        return answerTo(carla.create({ name, language: "en", timeZone: "Europe/Madrid" }));
      }),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(COMMUNITIES.max - 1);
    expect(answers.filter((answer) => answer === "tooManyCommunities")).toHaveLength(4);
  });

  it("gives each a slug for concurrent requests of several users", async () => {
    const name = `Oak ${v7().slice(-6)}`;
    const founders = await Promise.all(Array.from({ length: 4 }, () => makeCommunity([])));
    const slugs = await Promise.all(
      founders.map(({ coordinator }) =>
        procedures(coordinator.userId).community.create({
          name,
          language: "en",
          timeZone: "Europe/Madrid",
        }),
      ),
    );
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(4);
  });
});

describe("invitations", () => {
  it("are limited while open, and the open ones are always listed, newest first", async () => {
    const fixture = await makeCommunity([]);
    const community = fixture.slug;
    const now = new Date();
    const row = (index: number) => ({
      communityId: fixture.id,
      id: v7(),
      tokenHash: v7(),
      label: `${index}`,
      maxUses: 1,
      createdById: fixture.coordinator.id,
      expiresAt: new Date(now.getTime() + DAY),
      createdAt: new Date(now.getTime() - DAY + index),
    });
    const rows = Array.from({ length: MAX_OPEN_INVITATIONS - 1 }, (_, index) => row(index));
    await db.invitation.createMany({ data: rows });
    const over = Array.from({ length: 150 }, (_, index) => ({
      ...row(MAX_OPEN_INVITATIONS + index),
      withdrawnAt: now,
    }));
    await db.invitation.createMany({ data: over });
    const carla = procedures(fixture.coordinator.userId).community;
    const invite = () => answerTo(carla.invite({ community, label: "", days: 1, maxUses: 1 }));
    const answers = await Promise.all([invite(), invite(), invite()]);
    expect(answers.sort()).toEqual(["accepted", "tooManyInvitations", "tooManyInvitations"]);
    const listed = await carla.invitations({ community });
    expect(listed.filter(({ state }) => state === "open")).toHaveLength(MAX_OPEN_INVITATIONS);
    const times = listed.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });
});

describe("a coordinator who stops being one", () => {
  it("completes no action of coordinators", async () => {
    const fixture = await makeCommunity(["ana", "ben"] as const);
    const { ana, ben } = fixture.members;
    const where = { communityId_id: { communityId: fixture.id, id: ana.id } };
    const become = (role: "coordinator" | "member") => ({ where, data: { role } });
    const desk = procedures(ana.userId);
    const community = fixture.slug;
    const invited = { community, label: "", days: 1, maxUses: 1 };
    await db.member.update(become("coordinator"));
    const { id } = await desk.community.invite(invited);
    const place = { name: "Old town", point: { latitude: 404_000, longitude: -37_000 } };
    const known = { community, id: v7(), ...place };
    await desk.neighbourhood.add(known);
    const acts: Record<string, () => Promise<unknown>> = {
      invite: () => desk.community.invite(invited),
      withdrawInvitation: () => desk.community.withdrawInvitation({ community, id }),
      update: () => desk.community.update({ community, joining: "open", ...rules }),
      vouch: () => desk.member.vouch({ community, id: ben.id }),
      addNeighbourhood: () => desk.neighbourhood.add({ ...known, id: v7(), name: "New town" }),
      updateNeighbourhood: () => desk.neighbourhood.update({ ...known, name: "River side" }),
      removeNeighbourhood: () => desk.neighbourhood.remove({ community, id: known.id }),
    };
    const answers: Record<string, unknown> = {};
    for (const [name, act] of Object.entries(acts)) {
      await db.member.update(become("coordinator"));
      let acting: Promise<unknown> = Promise.resolve();
      await db.$transaction(async (tx) => {
        await tx.member.update(become("member"));
        acting = answerTo(act());
        // It passed the coordinator check once it waits for the row, or has finished.
        await untilLocksWait(1, acting);
      });
      answers[name] = await acting;
    }
    expect(answers).toEqual(
      Object.fromEntries(Object.keys(acts).map((name) => [name, "notFound"])),
    );
  });
});
