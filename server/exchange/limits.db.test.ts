/** Limits on what one member may send to others, most of them tried with concurrent requests. */
import { v7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import {
  INVITATIONS,
  LISTINGS,
  MAX_DATES_WITH_ONE,
  MAX_NOTES_AFTER_END,
  MAX_OPEN_LISTINGS,
  MAX_PROPOSALS_TO_STRANGER,
  MAX_UNANSWERED_NOTES,
  NOTES,
  RECORDS_WITH_ONE,
  STEPS_IN_PLACE,
  THANKS_TO_ONE,
  UNSUCCESSFUL_PROPOSALS,
} from "../../domain/kernel/limits";
import { readCalendar } from "../calendar/queries";
import { db } from "../platform/db/client";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim" | "mallory">>>;
const DAY_MS = 86_400_000;

let fixture: Fixture;
beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim", "mallory"] as const);
});

type Name = "rosa" | "karim" | "mallory";
const as = (name: Name, now?: Date) => procedures(fixture.members[name].userId, now);
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );
const countOf = (answers: unknown[], answer: string) =>
  answers.filter((each) => each === answer).length;

let hours = 0;
const proposal = (other: Name) => {
  hours += 2;
  return {
    community: fixture.slug,
    id: v7(),
    otherId: fixture.members[other].id,
    mySide: "receiver" as const,
    title: "Bread",
    category: "cooking" as const,
    minutes: 60,
    place: "giver" as const,
    placeNote: "",
    note: "",
    confirmedDuplicate: true,
    ...localOf(new Date(Date.now() + 20 * DAY_MS + hours * 3_600_000), "Europe/Madrid"),
  };
};
const propose = (from: Name, to: Name, more = {}) =>
  as(from).exchange.propose({ ...proposal(to), ...more });
const versionOf = async (id: string) =>
  (await db.exchange.findFirstOrThrow({ where: { id } })).version;

/** Settles an exchange to which both sides agreed. */
async function settle(from: Name, to: Name) {
  const { id } = await propose(from, to);
  await as(to).exchange.agree({ community: fixture.slug, id, version: 1 });
  const after = new Date(Date.now() + 80 * DAY_MS);
  await as(from, after).exchange.report({
    community: fixture.slug,
    id,
    version: await versionOf(id),
    minutes: 60,
  });
}

describe("pending proposals to another member", () => {
  it("limits pending proposals to a member with whom nothing is settled, under concurrency", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => outcomeOf(propose("mallory", "karim"))),
    );
    expect(countOf(answers, "accepted")).toBe(MAX_PROPOSALS_TO_STRANGER);
    expect(countOf(answers, "tooManyAsked")).toBe(8 - MAX_PROPOSALS_TO_STRANGER);
    // The limit is for this pair: both may still exchange proposals with others.
    expect(await outcomeOf(propose("rosa", "karim"))).toBe("accepted");
    expect(await outcomeOf(propose("mallory", "rosa"))).toBe("accepted");
  });

  it("allows one series among the pending proposals to a member", async () => {
    const repeat = { weeks: 1, times: 12 };
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("accepted");
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => outcomeOf(propose("mallory", "karim", { repeat }))),
    );
    expect(answers.sort()).toEqual(["accepted", "tooManyAsked", "tooManyAsked"]);
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("accepted");
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("tooManyAsked");
  });

  it("counts pending records of a giver together with pending proposals", async () => {
    const { date } = localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid");
    const record = () =>
      as("mallory").exchange.record({
        community: fixture.slug,
        id: v7(),
        otherId: fixture.members.karim.id,
        mySide: "giver",
        title: "Bread",
        category: "cooking",
        date,
        minutes: 60,
        note: "",
        confirmedDuplicate: true,
      });
    const answers = await Promise.all(Array.from({ length: 6 }, () => outcomeOf(record())));
    expect(countOf(answers, "accepted")).toBe(MAX_PROPOSALS_TO_STRANGER);
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("tooManyAsked");
  });

  it("allows more pending dates after an exchange that both sides agreed to has settled", async () => {
    await settle("rosa", "karim");
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1)
      await propose("rosa", "karim");
    const repeat = { weeks: 1, times: 12 };
    expect(await outcomeOf(propose("rosa", "karim", { repeat }))).toBe("accepted");
    const remaining = MAX_DATES_WITH_ONE - MAX_PROPOSALS_TO_STRANGER - 12;
    for (let count = 0; count < remaining; count += 1) await propose("rosa", "karim");
    expect(await outcomeOf(propose("rosa", "karim"))).toBe("tooManyAsked");
  });

  it("no longer counts a proposal that is withdrawn, declined or agreed", async () => {
    const ids = [];
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      ids.push((await propose("mallory", "karim")).id);
    }
    const [one = "", two = "", three = ""] = ids;
    const seen = { community: fixture.slug, version: 1 };
    await as("mallory").exchange.withdraw({ ...seen, id: one });
    await as("karim").exchange.decline({ ...seen, id: two, reason: "" });
    await as("karim").exchange.agree({ ...seen, id: three });
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      expect(await outcomeOf(propose("mallory", "karim"))).toBe("accepted");
    }
  });

  it("refuses a proposal to a suspended member", async () => {
    const { id } = fixture.members.karim;
    await db.member.updateMany({ where: { id }, data: { status: "suspended" } });
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("memberNotActive");
  });
});

describe("unsuccessful proposals", () => {
  /** Mallory proposes with a note, and the proposal is withdrawn or declined. */
  const proposeAndEnd = async (end: "withdraw" | "decline", now?: Date) => {
    const input = { ...proposal("karim"), note: "Please!" };
    const answer = await outcomeOf(as("mallory", now).exchange.propose(input));
    if (answer !== "accepted") return answer;
    const seen = { community: fixture.slug, id: input.id, version: 1 };
    if (end === "withdraw") await as("mallory", now).exchange.withdraw(seen);
    else await as("karim", now).exchange.decline({ ...seen, reason: "" });
    return answer;
  };

  it("limits the declined and withdrawn proposals to a member in a week", async () => {
    const answers = [];
    for (let count = 0; count < UNSUCCESSFUL_PROPOSALS.max + 2; count += 1) {
      answers.push(await proposeAndEnd(count % 2 ? "withdraw" : "decline"));
    }
    expect(countOf(answers, "accepted")).toBe(UNSUCCESSFUL_PROPOSALS.max);
    expect(countOf(answers, "tooManyInVain")).toBe(2);
    // The other side and other members may still propose, and Mallory may again next week.
    expect(await outcomeOf(propose("karim", "mallory"))).toBe("accepted");
    expect(await outcomeOf(propose("rosa", "karim"))).toBe("accepted");
    expect(await proposeAndEnd("decline", new Date(Date.now() + 8 * DAY_MS))).toBe("accepted");
  });

  it("counts withdrawn records of a giver as unsuccessful proposals", async () => {
    const { date } = localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid");
    const answers = [];
    for (let count = 0; count < UNSUCCESSFUL_PROPOSALS.max + 1; count += 1) {
      const id = v7();
      const record = as("mallory").exchange.record({
        community: fixture.slug,
        id,
        otherId: fixture.members.karim.id,
        date,
        mySide: "giver",
        title: "Bread",
        category: "cooking",
        minutes: 60,
        note: "Please!",
        confirmedDuplicate: true,
      });
      answers.push(await outcomeOf(record));
      const seen = { community: fixture.slug, id, version: 1 };
      if (answers.at(-1) === "accepted") await as("mallory").exchange.withdraw(seen);
    }
    expect(countOf(answers, "accepted")).toBe(UNSUCCESSFUL_PROPOSALS.max);
    expect(await proposeAndEnd("decline")).toBe("tooManyInVain");
  });
});

describe("steps that do not change the status", () => {
  it("limits the steps of a member in one exchange a day, and still allows a cancellation", async () => {
    const { id } = await propose("mallory", "karim");
    const { community } = { community: fixture.slug };
    await as("karim").exchange.agree({ community, id, version: 1 });
    const later = localOf(new Date(Date.now() + 60 * DAY_MS), "Europe/Madrid");
    const step = async (now?: Date) =>
      outcomeOf(
        as("mallory", now).exchange.requestReschedule({
          community,
          id,
          version: await versionOf(id),
          ...later,
          reason: "Please!",
        }),
      );
    // The proposal counts as one of them.
    for (let count = 1; count < STEPS_IN_PLACE.max; count += 1)
      expect(await step()).toBe("accepted");
    expect(await step()).toBe("tooManySteps");
    const late = { community, id, version: await versionOf(id), minutes: 15 };
    expect(await outcomeOf(as("mallory").exchange.reportDelay(late))).toBe("tooManySteps");
    expect(await outcomeOf(as("karim").exchange.reportDelay(late))).toBe("accepted");
    expect(await step(new Date(Date.now() + DAY_MS + 60_000))).toBe("accepted");
    const cancellation = { community, id, version: await versionOf(id), reason: "" };
    expect(await outcomeOf(as("mallory").exchange.cancel(cancellation))).toBe("accepted");
  });
});

describe("records of received help", () => {
  it("refuses records for a month after the giver has returned one", async () => {
    const { date } = localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid");
    const record = async (from: Name, to: Name, now?: Date) => {
      const id = v7();
      const recorded = as(from, now).exchange.record({
        community: fixture.slug,
        id,
        otherId: fixture.members[to].id,
        date,
        mySide: "receiver",
        title: "Bread",
        category: "cooking",
        minutes: 15,
        note: "",
        confirmedDuplicate: true,
      });
      return [await outcomeOf(recorded), id] as const;
    };
    const [, id] = await record("mallory", "karim");
    const seen = { community: fixture.slug, id, version: await versionOf(id) };
    await as("karim").exchange.returnHours({ ...seen, reason: "" });
    expect((await record("mallory", "karim"))[0]).toBe("recordsReturned");
    // Proposals, the other side's records and records with other members are still allowed.
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("accepted");
    expect((await record("karim", "mallory"))[0]).toBe("accepted");
    expect((await record("mallory", "rosa"))[0]).toBe("accepted");
    const nextMonth = new Date(Date.now() + 31 * DAY_MS);
    expect((await record("mallory", "karim", nextMonth))[0]).toBe("accepted");
  });

  it("limits the records with one other member in a day", async () => {
    const { date } = localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid");
    const record = () =>
      as("mallory").exchange.record({
        community: fixture.slug,
        id: v7(),
        otherId: fixture.members.karim.id,
        mySide: "receiver",
        title: "Bread",
        category: "cooking",
        date,
        minutes: 15,
        note: "",
        confirmedDuplicate: true,
      });
    const tries = RECORDS_WITH_ONE.max + 4;
    const answers = await Promise.all(Array.from({ length: tries }, () => outcomeOf(record())));
    expect(countOf(answers, "accepted")).toBe(RECORDS_WITH_ONE.max);
    // A settlement without the giver's consent does not raise the limit of pending proposals.
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      await propose("mallory", "karim");
    }
    expect(await outcomeOf(propose("mallory", "karim"))).toBe("tooManyAsked");
  });
});

describe("thanks", () => {
  it("limits the thanks to one other member in a day, under concurrency", async () => {
    const { date } = localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid");
    const ids = Array.from({ length: THANKS_TO_ONE.max + 3 }, () => v7());
    for (const id of ids) {
      await as("mallory").exchange.record({
        community: fixture.slug,
        id,
        otherId: fixture.members.karim.id,
        note: "",
        mySide: "receiver",
        title: "Bread",
        category: "cooking",
        date,
        minutes: 15,
        confirmedDuplicate: true,
      });
    }
    const thank = (exchangeId: string, now?: Date) =>
      outcomeOf(
        as("mallory", now).thanks.write({ community: fixture.slug, exchangeId, text: "Thanks" }),
      );
    const answers = await Promise.all(ids.map((id) => thank(id)));
    expect(countOf(answers, "accepted")).toBe(THANKS_TO_ONE.max);
    expect(countOf(answers, "tooManyThanks")).toBe(3);
    const refused = ids[answers.indexOf("tooManyThanks")] ?? "";
    expect(await thank(refused, new Date(Date.now() + DAY_MS + 60_000))).toBe("accepted");
  });
});

describe("notes", () => {
  const note = (from: Name, exchangeId: string, id = v7(), now?: Date) =>
    as(from, now).exchange.note({ community: fixture.slug, id, exchangeId, text: "Please!" });

  it("limits the notes to a member who declined, over all declined exchanges together", async () => {
    const declined = [];
    for (let count = 0; count < 2; count += 1) {
      const { id } = await propose("mallory", "karim");
      await as("karim").exchange.decline({ community: fixture.slug, id, version: 1, reason: "" });
      declined.push(id);
    }
    const [one = "", two = ""] = declined;
    const tries = Array.from({ length: 8 }, (_, index) => (index % 2 ? one : two));
    const answers = await Promise.all(tries.map((id) => outcomeOf(note("mallory", id))));
    expect(countOf(answers, "accepted")).toBe(MAX_NOTES_AFTER_END);
    expect(countOf(answers, "tooManyNotesAfterTheEnd")).toBe(8 - MAX_NOTES_AFTER_END);
    // Once Karim answers, Mallory may write again.
    const later = new Date(Date.now() + 1000);
    expect(await outcomeOf(note("karim", one, v7(), later))).toBe("accepted");
    const latest = new Date(Date.now() + 2000);
    expect(await outcomeOf(note("mallory", one, v7(), latest))).toBe("accepted");
  });

  it("limits the notes before the first answer to a proposal, and counts a repeated note once", async () => {
    const { id } = await propose("mallory", "karim");
    const ids = Array.from({ length: MAX_UNANSWERED_NOTES }, () => v7());
    for (const each of ids) expect(await outcomeOf(note("mallory", id, each))).toBe("accepted");
    expect(await outcomeOf(note("mallory", id))).toBe("tooManyNotesUnanswered");
    expect(await outcomeOf(note("mallory", id, ids[0]))).toBe("accepted");
    expect(await outcomeOf(note("karim", id, v7(), new Date(Date.now() + 1000)))).toBe("accepted");
    expect(await outcomeOf(note("mallory", id))).toBe("accepted");
  });
});

describe("listings of one member", () => {
  const create = (now?: Date, id = v7()) =>
    as("mallory", now).listing.create({
      community: fixture.slug,
      id,
      kind: "offer",
      title: "Buy",
      description: "",
      category: "other",
      minutes: 60,
      places: ["mine"],
      availability: "",
    });

  it("limits the new listings of a member in a day, under concurrency", async () => {
    const answers = await Promise.all(
      Array.from({ length: LISTINGS.max + 6 }, () => outcomeOf(create())),
    );
    expect(countOf(answers, "accepted")).toBe(LISTINGS.max);
    expect(countOf(answers, "tooManyListingsToday")).toBe(6);
    expect(await outcomeOf(create(new Date(Date.now() + DAY_MS + 60_000)))).toBe("accepted");
  });

  it("limits the open listings of a member, including renewed ones", async () => {
    const days = Math.ceil((MAX_OPEN_LISTINGS + 1) / LISTINGS.max);
    const paused = v7();
    await create(undefined, paused);
    await as("mallory").listing.pause({ community: fixture.slug, id: paused });
    let created = 0;
    for (let day = 1; day <= days; day += 1) {
      const now = new Date(Date.now() + day * (DAY_MS + 60_000));
      for (let count = 0; count < LISTINGS.max && created < MAX_OPEN_LISTINGS; count += 1) {
        expect(await outcomeOf(create(now))).toBe("accepted");
        created += 1;
      }
    }
    const now = new Date(Date.now() + (days + 1) * (DAY_MS + 60_000));
    expect(await outcomeOf(create(now))).toBe("tooManyListings");
    const renew = as("mallory", now).listing.renew({ community: fixture.slug, id: paused });
    expect(await outcomeOf(renew)).toBe("tooManyListings");
  });

  it("mixes listings of several members at the top of the home page and of the board", async () => {
    for (const name of ["rosa", "karim"] as const) {
      await as(name).listing.create({
        community: fixture.slug,
        id: v7(),
        kind: "offer",
        title: `By ${name}`,
        description: "",
        category: "other",
        minutes: 60,
        places: ["mine"],
        availability: "",
      });
    }
    for (let count = 0; count < LISTINGS.max; count += 1) await create();
    const authorsOf = (listings: { member: { displayName: string } }[]) =>
      listings.map(({ member }) => member.displayName);
    const home = await procedures(fixture.coordinator.userId).home.get({ community: fixture.slug });
    expect(authorsOf(home.fresh).sort()).toEqual(["karim", "mallory", "mallory", "rosa"]);
    const board = await as("karim").listing.browse({ community: fixture.slug, order: "new" });
    expect(authorsOf(board.listings).slice(0, 5).sort()).toEqual([
      "karim",
      "mallory",
      "mallory",
      "mallory",
      "rosa",
    ]);
    expect(board.listings).toHaveLength(LISTINGS.max + 2);
  });
});

describe("rows with a future date", () => {
  // As a server wrote them whose clock was ten days ahead.
  const ahead = new Date(Date.now() + 10 * DAY_MS);

  it("does not count rows from a clock that was ahead towards a limit", async () => {
    const listing = (now?: Date) =>
      outcomeOf(
        as("mallory", now).listing.create({
          community: fixture.slug,
          id: v7(),
          kind: "offer",
          title: "Bread",
          description: "",
          category: "cooking",
          minutes: 60,
          places: ["mine"],
          availability: "",
        }),
      );
    for (let count = 0; count < LISTINGS.max; count += 1) await listing(ahead);
    expect(await listing(ahead)).toBe("tooManyListingsToday");
    expect(await listing()).toBe("accepted");
    const carla = (now?: Date) => procedures(fixture.coordinator.userId, now).community;
    const community = fixture.slug;
    const invite = (now?: Date) =>
      outcomeOf(carla(now).invite({ community, label: "", days: 1, maxUses: 1 }));
    for (let count = 0; count < INVITATIONS.max; count += 1) await invite(ahead);
    expect(await invite(ahead)).toBe("tooManyInvitations");
    expect(await invite()).toBe("accepted");
    const { id } = await propose("mallory", "karim");
    await as("karim").exchange.agree({ community, id, version: 1 });
    const note = (now?: Date) =>
      outcomeOf(
        as("mallory", now).exchange.note({ community, id: v7(), exchangeId: id, text: "A" }),
      );
    for (let count = 0; count < NOTES.max; count += 1) await note(ahead);
    expect(await note(ahead)).toBe("tooManyNotes");
    expect(await note()).toBe("accepted");
  });
});

describe("agreed exchanges", () => {
  it("shows an agreed exchange on home and in the calendar despite 2,100 earlier proposals", async () => {
    const { id: appointment } = await propose("rosa", "karim");
    await as("karim").exchange.agree({ community: fixture.slug, id: appointment, version: 1 });
    // More than the limits allow today; earlier versions accepted them.
    const rows = Array.from({ length: 2100 }, (_, index) => ({
      communityId: fixture.id,
      id: v7(),
      giverId: fixture.members.mallory.id,
      receiverId: fixture.members.karim.id,
      pendingById: fixture.members.mallory.id,
      status: "proposed" as const,
      version: 1,
      title: "Spam",
      category: "other",
      minutes: 15,
      place: "giver",
      placeNote: "",
      createdAt: new Date(),
      startsAt: new Date(Date.now() + DAY_MS + index * 60_000),
    }));
    await db.exchange.createMany({ data: rows });
    const home = await as("karim").home.get({ community: fixture.slug });
    expect(home.coming.map(({ id }) => id)).toEqual([appointment]);
    expect(home.waitingForMe.length).toBeLessThanOrEqual(60);
    const entries = await readCalendar(fixture.members.karim.userId, new Date());
    expect(entries.filter(({ status }) => status === "agreed").map(({ id }) => id)).toEqual([
      appointment,
    ]);
    expect(entries.length).toBeLessThanOrEqual(31);
  });
});
