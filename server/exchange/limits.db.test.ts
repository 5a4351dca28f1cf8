/** Limits of what one member may do to others, each tried by requests at the same time. */
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
const DAY = 86_400_000;

let fixture: Fixture;
beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim", "mallory"] as const);
});

type Name = "rosa" | "karim" | "mallory";
const as = (name: Name, now?: Date) => procedures(fixture.members[name].userId, now);
const answerTo = (work: Promise<unknown>) =>
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
    ...localOf(new Date(Date.now() + 20 * DAY + hours * 3_600_000), "Europe/Madrid"),
  };
};
const propose = (from: Name, to: Name, more = {}) =>
  as(from).exchange.propose({ ...proposal(to), ...more });
const versionOf = async (id: string) =>
  (await db.exchange.findFirstOrThrow({ where: { id } })).version;

/** An exchange to which both agreed, and that is settled. */
async function settle(from: Name, to: Name) {
  const { id } = await propose(from, to);
  await as(to).exchange.agree({ community: fixture.slug, id, version: 1 });
  const after = new Date(Date.now() + 80 * DAY);
  await as(from, after).exchange.report({
    community: fixture.slug,
    id,
    version: await versionOf(id),
    minutes: 60,
  });
}

describe("proposals to one person", () => {
  it("are few while they wait and nothing was ever settled, also at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => answerTo(propose("mallory", "karim"))),
    );
    expect(countOf(answers, "accepted")).toBe(MAX_PROPOSALS_TO_STRANGER);
    expect(countOf(answers, "tooManyAsked")).toBe(8 - MAX_PROPOSALS_TO_STRANGER);
    // Others may ask them, and the one who asked may ask others.
    expect(await answerTo(propose("rosa", "karim"))).toBe("accepted");
    expect(await answerTo(propose("mallory", "rosa"))).toBe("accepted");
  });

  it("may be one series among them", async () => {
    const repeat = { weeks: 1, times: 12 };
    expect(await answerTo(propose("mallory", "karim"))).toBe("accepted");
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => answerTo(propose("mallory", "karim", { repeat }))),
    );
    expect(answers.sort()).toEqual(["accepted", "tooManyAsked", "tooManyAsked"]);
    expect(await answerTo(propose("mallory", "karim"))).toBe("accepted");
    expect(await answerTo(propose("mallory", "karim"))).toBe("tooManyAsked");
  });

  it("count together with reports that wait for them", async () => {
    const { date } = localOf(new Date(Date.now() - DAY), "Europe/Madrid");
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
    const answers = await Promise.all(Array.from({ length: 6 }, () => answerTo(record())));
    expect(countOf(answers, "accepted")).toBe(MAX_PROPOSALS_TO_STRANGER);
    expect(await answerTo(propose("mallory", "karim"))).toBe("tooManyAsked");
  });

  it("may be more between those who have settled something by the word of both", async () => {
    await settle("rosa", "karim");
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1)
      await propose("rosa", "karim");
    const repeat = { weeks: 1, times: 12 };
    expect(await answerTo(propose("rosa", "karim", { repeat }))).toBe("accepted");
    const left = MAX_DATES_WITH_ONE - MAX_PROPOSALS_TO_STRANGER - 12;
    for (let count = 0; count < left; count += 1) await propose("rosa", "karim");
    expect(await answerTo(propose("rosa", "karim"))).toBe("tooManyAsked");
  });

  it("make room again when they are withdrawn, declined or agreed", async () => {
    const made = [];
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      made.push((await propose("mallory", "karim")).id);
    }
    const [one = "", two = "", three = ""] = made;
    const seen = { community: fixture.slug, version: 1 };
    await as("mallory").exchange.withdraw({ ...seen, id: one });
    await as("karim").exchange.decline({ ...seen, id: two, reason: "" });
    await as("karim").exchange.agree({ ...seen, id: three });
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      expect(await answerTo(propose("mallory", "karim"))).toBe("accepted");
    }
  });

  it("are refused when either side left since the request began", async () => {
    const { id } = fixture.members.karim;
    await db.member.updateMany({ where: { id }, data: { status: "suspended" } });
    expect(await answerTo(propose("mallory", "karim"))).toBe("memberNotActive");
  });
});

describe("proposals that come to nothing", () => {
  /** Mallory asks with a note, and the proposal ends at once. */
  const vain = async (end: "withdraw" | "decline", now?: Date) => {
    const asked = { ...proposal("karim"), note: "Please!" };
    const answer = await answerTo(as("mallory", now).exchange.propose(asked));
    if (answer !== "accepted") return answer;
    const seen = { community: fixture.slug, id: asked.id, version: 1 };
    if (end === "withdraw") await as("mallory", now).exchange.withdraw(seen);
    else await as("karim", now).exchange.decline({ ...seen, reason: "" });
    return answer;
  };

  it("are few in a week, whether they were declined or withdrawn", async () => {
    const answers = [];
    for (let count = 0; count < UNSUCCESSFUL_PROPOSALS.max + 2; count += 1) {
      answers.push(await vain(count % 2 ? "withdraw" : "decline"));
    }
    expect(countOf(answers, "accepted")).toBe(UNSUCCESSFUL_PROPOSALS.max);
    expect(countOf(answers, "tooManyInVain")).toBe(2);
    // The other side may ask, others may, and next week the same member may again.
    expect(await answerTo(propose("karim", "mallory"))).toBe("accepted");
    expect(await answerTo(propose("rosa", "karim"))).toBe("accepted");
    expect(await vain("decline", new Date(Date.now() + 8 * DAY))).toBe("accepted");
  });

  it("count together with reports that were withdrawn", async () => {
    const { date } = localOf(new Date(Date.now() - DAY), "Europe/Madrid");
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
      answers.push(await answerTo(record));
      const seen = { community: fixture.slug, id, version: 1 };
      if (answers.at(-1) === "accepted") await as("mallory").exchange.withdraw(seen);
    }
    expect(countOf(answers, "accepted")).toBe(UNSUCCESSFUL_PROPOSALS.max);
    expect(await vain("decline")).toBe("tooManyInVain");
  });
});

describe("steps that leave an exchange where it is", () => {
  it("are few a day, whatever they say, and hinder no answer", async () => {
    const { id } = await propose("mallory", "karim");
    const { community } = { community: fixture.slug };
    await as("karim").exchange.agree({ community, id, version: 1 });
    const later = localOf(new Date(Date.now() + 60 * DAY), "Europe/Madrid");
    const step = async (now?: Date) =>
      answerTo(
        as("mallory", now).exchange.requestReschedule({
          community,
          id,
          version: await versionOf(id),
          ...later,
          reason: "Please!",
        }),
      );
    // The proposal is one of them.
    for (let count = 1; count < STEPS_IN_PLACE.max; count += 1)
      expect(await step()).toBe("accepted");
    expect(await step()).toBe("tooManySteps");
    const late = { community, id, version: await versionOf(id), minutes: 15 };
    expect(await answerTo(as("mallory").exchange.reportDelay(late))).toBe("tooManySteps");
    expect(await answerTo(as("karim").exchange.reportDelay(late))).toBe("accepted");
    expect(await step(new Date(Date.now() + DAY + 60_000))).toBe("accepted");
    const over = { community, id, version: await versionOf(id), reason: "" };
    expect(await answerTo(as("mallory").exchange.cancel(over))).toBe("accepted");
  });
});

describe("records of what one received", () => {
  it("are none for a month once the other side has returned one", async () => {
    const { date } = localOf(new Date(Date.now() - DAY), "Europe/Madrid");
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
      return [await answerTo(recorded), id] as const;
    };
    const [, id] = await record("mallory", "karim");
    const seen = { community: fixture.slug, id, version: await versionOf(id) };
    await as("karim").exchange.returnHours({ ...seen, reason: "" });
    expect((await record("mallory", "karim"))[0]).toBe("recordsReturned");
    // What both agree to, or the other side records, is no such record.
    expect(await answerTo(propose("mallory", "karim"))).toBe("accepted");
    expect((await record("karim", "mallory"))[0]).toBe("accepted");
    expect((await record("mallory", "rosa"))[0]).toBe("accepted");
    const nextMonth = new Date(Date.now() + 31 * DAY);
    expect((await record("mallory", "karim", nextMonth))[0]).toBe("accepted");
  });

  it("are few a day with one other member", async () => {
    const { date } = localOf(new Date(Date.now() - DAY), "Europe/Madrid");
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
    const answers = await Promise.all(Array.from({ length: tries }, () => answerTo(record())));
    expect(countOf(answers, "accepted")).toBe(RECORDS_WITH_ONE.max);
    // What settles by one side's word makes nobody a neighbour of whom more may be asked.
    for (let count = 0; count < MAX_PROPOSALS_TO_STRANGER; count += 1) {
      await propose("mallory", "karim");
    }
    expect(await answerTo(propose("mallory", "karim"))).toBe("tooManyAsked");
  });
});

describe("thanks", () => {
  it("to one other member are few a day, also at the same time", async () => {
    const { date } = localOf(new Date(Date.now() - DAY), "Europe/Madrid");
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
      answerTo(
        as("mallory", now).thanks.write({ community: fixture.slug, exchangeId, text: "Thanks" }),
      );
    const answers = await Promise.all(ids.map((id) => thank(id)));
    expect(countOf(answers, "accepted")).toBe(THANKS_TO_ONE.max);
    expect(countOf(answers, "tooManyThanks")).toBe(3);
    const left = ids[answers.indexOf("tooManyThanks")] ?? "";
    expect(await thank(left, new Date(Date.now() + DAY + 60_000))).toBe("accepted");
  });
});

describe("notes", () => {
  const note = (from: Name, exchangeId: string, id = v7(), now?: Date) =>
    as(from, now).exchange.note({ community: fixture.slug, id, exchangeId, text: "Please!" });

  it("to somebody who declined are few, in all their exchanges together", async () => {
    const over = [];
    for (let count = 0; count < 2; count += 1) {
      const { id } = await propose("mallory", "karim");
      await as("karim").exchange.decline({ community: fixture.slug, id, version: 1, reason: "" });
      over.push(id);
    }
    const [one = "", two = ""] = over;
    const tries = Array.from({ length: 8 }, (_, index) => (index % 2 ? one : two));
    const answers = await Promise.all(tries.map((id) => answerTo(note("mallory", id))));
    expect(countOf(answers, "accepted")).toBe(MAX_NOTES_AFTER_END);
    expect(countOf(answers, "tooManyNotesAfterTheEnd")).toBe(8 - MAX_NOTES_AFTER_END);
    // Who was written to may answer, and is then answered.
    const later = new Date(Date.now() + 1000);
    expect(await answerTo(note("karim", one, v7(), later))).toBe("accepted");
    const latest = new Date(Date.now() + 2000);
    expect(await answerTo(note("mallory", one, v7(), latest))).toBe("accepted");
  });

  it("are few until the other side has answered a proposal; the same note again is no other", async () => {
    const { id } = await propose("mallory", "karim");
    const ids = Array.from({ length: MAX_UNANSWERED_NOTES }, () => v7());
    for (const each of ids) expect(await answerTo(note("mallory", id, each))).toBe("accepted");
    expect(await answerTo(note("mallory", id))).toBe("tooManyNotesUnanswered");
    expect(await answerTo(note("mallory", id, ids[0]))).toBe("accepted");
    expect(await answerTo(note("karim", id, v7(), new Date(Date.now() + 1000)))).toBe("accepted");
    expect(await answerTo(note("mallory", id))).toBe("accepted");
  });
});

describe("listings", () => {
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

  it("are few a day, also at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: LISTINGS.max + 6 }, () => answerTo(create())),
    );
    expect(countOf(answers, "accepted")).toBe(LISTINGS.max);
    expect(countOf(answers, "tooManyListingsToday")).toBe(6);
    expect(await answerTo(create(new Date(Date.now() + DAY + 60_000)))).toBe("accepted");
  });

  it("are bounded while they are open, also those that are opened again", async () => {
    const days = Math.ceil((MAX_OPEN_LISTINGS + 1) / LISTINGS.max);
    const rested = v7();
    await create(undefined, rested);
    await as("mallory").listing.pause({ community: fixture.slug, id: rested });
    let made = 0;
    for (let day = 1; day <= days; day += 1) {
      const now = new Date(Date.now() + day * (DAY + 60_000));
      for (let count = 0; count < LISTINGS.max && made < MAX_OPEN_LISTINGS; count += 1) {
        expect(await answerTo(create(now))).toBe("accepted");
        made += 1;
      }
    }
    const now = new Date(Date.now() + (days + 1) * (DAY + 60_000));
    expect(await answerTo(create(now))).toBe("tooManyListings");
    const renew = as("mallory", now).listing.renew({ community: fixture.slug, id: rested });
    expect(await answerTo(renew)).toBe("tooManyListings");
  });

  it("of one member never fill the newest on home, nor begin the board alone", async () => {
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
    const by = (listings: { member: { displayName: string } }[]) =>
      listings.map(({ member }) => member.displayName);
    const home = await procedures(fixture.coordinator.userId).home.get({ community: fixture.slug });
    expect(by(home.fresh).sort()).toEqual(["karim", "mallory", "mallory", "rosa"]);
    const board = await as("karim").listing.browse({ community: fixture.slug, order: "new" });
    expect(by(board.listings).slice(0, 5).sort()).toEqual([
      "karim",
      "mallory",
      "mallory",
      "mallory",
      "rosa",
    ]);
    expect(board.listings).toHaveLength(LISTINGS.max + 2);
  });
});

describe("a clock that was ten days ahead", () => {
  const ahead = new Date(Date.now() + 10 * DAY);

  it("leaves no limit that lasts until then", async () => {
    const listing = (now?: Date) =>
      answerTo(
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
      answerTo(carla(now).invite({ community, label: "", days: 1, maxUses: 1 }));
    for (let count = 0; count < INVITATIONS.max; count += 1) await invite(ahead);
    expect(await invite(ahead)).toBe("tooManyInvitations");
    expect(await invite()).toBe("accepted");
    const { id } = await propose("mallory", "karim");
    await as("karim").exchange.agree({ community, id, version: 1 });
    const note = (now?: Date) =>
      answerTo(
        as("mallory", now).exchange.note({ community, id: v7(), exchangeId: id, text: "A" }),
      );
    for (let count = 0; count < NOTES.max; count += 1) await note(ahead);
    expect(await note(ahead)).toBe("tooManyNotes");
    expect(await note()).toBe("accepted");
  });
});

describe("what was agreed", () => {
  it("stands on home and in the calendar, however much strangers ask for before it", async () => {
    const { id: appointment } = await propose("rosa", "karim");
    await as("karim").exchange.agree({ community: fixture.slug, id: appointment, version: 1 });
    // More than could be proposed today, as earlier versions took them.
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
      startsAt: new Date(Date.now() + DAY + index * 60_000),
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
