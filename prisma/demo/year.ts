/** Plans the exchanges of the past year at random, within the limits of the accounts. */
import type { MeetingPlace } from "../../domain/listing/listing";
import type { Random } from "../../scripts/lib/random";
import type { Days } from "./days";
import { answering, asking, thanking, unlisted } from "./notes";
import type { Notice } from "./notice";
import { type Person, people } from "./people";
import type { Scene, Step } from "./scene";

/** A notice with the days of its life. */
export type Post = Notice & {
  born: number;
  /** Days ago on which it was renewed. */
  renewed: number[];
  /** The last day (days ago) on which it can be answered; negative while it is open. */
  until: number;
};

const farOff = new Set<string>(["digital", "languages", "lessons", "sport", "arts", "lending"]);
const forGardens = new Set<string>(["garden", "transport", "repair", "events", "cooking"]);
const LOWEST = -480;
const HIGHEST = 1470;
const RENEWED_EVERY = 76;

/** Plans when each notice is created, renewed and closed. */
export function planPosts(notices: Notice[], random: Random): Post[] {
  return notices.map((notice) => {
    const joined = personOf(notice.owner).joined;
    const early = joined - Math.min(joined - 2, random.integer(0, 30));
    const born =
      notice.born ??
      (notice.state === "lapsed"
        ? Math.min(joined, random.integer(110, 150))
        : random.happens(0.7)
          ? early
          : random.integer(3, Math.max(3, early)));
    if (notice.state === "lapsed") return { ...notice, born, renewed: [], until: born - 88 };
    const until =
      notice.state === "closed"
        ? Math.min(born - 1, random.integer(12, 60))
        : notice.state
          ? 8
          : -1;
    const renewed: number[] = [];
    for (let day = born - RENEWED_EVERY; day > Math.max(0, until); day -= RENEWED_EVERY) {
      renewed.push(day);
    }
    return { ...notice, born, renewed, until };
  });
}

function personOf(key: string): Person {
  const person = people.find((one) => one.key === key);
  if (!person) throw new Error(`no person ${key} in the demo`);
  return person;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

type Draft = { giver: Person; receiver: Person; post?: Post; minutes: number };
type Credit = { at: Date; key: string; minutes: number };

/** Plans `count` settled exchanges, in the order of their starts. */
export function planYear(
  count: number,
  posts: Post[],
  { days, random, welcome, kept }: { days: Days; random: Random; welcome: number; kept: Scene[] },
): Scene[] {
  const clock = (from: number, to: number) =>
    `${twoDigits(random.integer(from, to))}:${twoDigits(random.integer(0, 59))}`;
  const free = new Map(people.map(({ key }) => [key, key === "amara" ? 0 : welcome]));
  const freeOf = (key: string) => free.get(key) ?? 0;
  // Reserves what the other scenes will take from an account.
  const reserve = new Map<string, number>();
  for (const { mySide, from, other, minutes } of kept) {
    const key = mySide === "receiver" ? from : other;
    reserve.set(key, (reserve.get(key) ?? 0) + minutes);
  }
  const uses = new Map<string, number>();
  const turns = new Map<string, number>();
  let credits: Credit[] = [];

  const begins = Array.from({ length: count }, () => {
    // More exchanges towards today: the community grows.
    const helped = 4 + Math.floor(346 * random.next() ** 1.3);
    const style = random.next();
    const lead = style < 0.64 ? random.integer(2, 8) : 0;
    return { helped, style, began: helped + lead };
  }).sort((a, b) => b.began - a.began || b.helped - a.helped);

  function isPossible({ giver, receiver, minutes }: Draft, began: number): boolean {
    if (giver.key === receiver.key || giver.joined <= began || receiver.joined <= began)
      return false;
    return (
      freeOf(receiver.key) - minutes - (reserve.get(receiver.key) ?? 0) >= LOWEST &&
      freeOf(giver.key) + minutes <= HIGHEST
    );
  }

  /** Lower is better: prefers each side's target balance, neighbours and variety. */
  function cost({ giver, receiver, minutes, post }: Draft): number {
    const off = (person: Person, change: number) =>
      Math.abs(freeOf(person.key) + change - person.leaning * 60) -
      Math.abs(freeOf(person.key) - person.leaning * 60);
    const used = (post && uses.get(post.title)) ?? 0;
    const near = giver.quarter === receiver.quarter ? 25 : 0;
    const turn = ({ key, busy }: Person) => (4 * (turns.get(key) ?? 0)) / Math.max(busy, 0.1);
    const drift = off(giver, minutes) + off(receiver, -minutes);
    return drift + used * 18 + turn(giver) + turn(receiver) - near + random.next() * 140;
  }

  const someone = (began: number) => {
    const here = people.filter(({ joined }) => joined > began);
    let mark = random.next() * here.reduce((sum, { busy }) => sum + busy, 0);
    for (const person of here) {
      mark -= person.busy;
      if (mark < 0) return person;
    }
    return random.pick(here);
  };

  function draw(began: number): Draft | null {
    const open = posts.filter(({ born, until }) => born > began && until < began - 1);
    const drafts: Draft[] = [];
    for (let tries = 0; tries < 14 && open.length > 0; tries += 1) {
      const post = random.pick(open);
      const owner = personOf(post.owner);
      const visitor = someone(began);
      if (post.partner && !visitor.traits.includes(post.partner)) continue;
      // A visitor without internet answers only offers, and only of nearby categories.
      if (visitor.isOffline && (post.kind === "request" || farOff.has(post.category))) continue;
      if (visitor.key === "garden" && !forGardens.has(post.category)) continue;
      const stretch = random.pick([0, 0, 0, 15, 30, -15]);
      const minutes = Math.min(
        180,
        Math.max(post.minutes === 15 ? 15 : 30, post.minutes + stretch),
      );
      const sides =
        post.kind === "offer" ? ([owner, visitor] as const) : ([visitor, owner] as const);
      const draft = { giver: sides[0], receiver: sides[1], post, minutes };
      if (isPossible(draft, began)) drafts.push(draft);
    }
    return (
      drafts.map((draft) => ({ draft, cost: cost(draft) })).sort((a, b) => a.cost - b.cost)[0]
        ?.draft ?? null
    );
  }

  function drawUnlisted(began: number) {
    for (let tries = 0; tries < 30; tries += 1) {
      const deed = random.pick(unlisted);
      const draft: Draft = {
        giver: someone(began),
        receiver: someone(began),
        minutes: deed.minutes,
      };
      if (
        draft.giver.traits.includes("fit") &&
        draft.receiver.key !== "garden" &&
        isPossible(draft, began)
      )
        return { draft, deed };
    }
    return null;
  }

  function placeOf({ post }: Draft): MeetingPlace {
    const place = random.pick(post?.places ?? ["elsewhere"]);
    if (place === "elsewhere" || place === "online") return place;
    // "mine" is at the listing's author.
    return (place === "mine") === (post?.kind === "offer") ? "giver" : "receiver";
  }

  const scenes: Scene[] = [];
  for (const { helped, style, began } of begins) {
    const start = days.at(began, "23:59");
    for (const credit of credits.filter(({ at }) => at <= start)) {
      free.set(credit.key, freeOf(credit.key) + credit.minutes);
    }
    credits = credits.filter(({ at }) => at > start);

    const isBooked = style < 0.64;
    const other = !isBooked && random.happens(0.3) ? drawUnlisted(began) : null;
    const draft = other?.draft ?? draw(began);
    if (!draft) throw new Error(`nobody in the demo can help anybody ${began} days ago`);
    const { giver, receiver, post, minutes } = draft;
    const used = post ? (uses.get(post.title) ?? 0) : 0;
    if (post) uses.set(post.title, used + 1);
    const title = other?.deed.title ?? post?.did[used % post.did.length] ?? post?.title;
    const category = other?.deed.category ?? post?.category;
    if (!title || !category) throw new Error("an exchange of the demo has no title");

    const hour = random.integer(9, 17);
    const time = `${twoDigits(hour)}:${random.pick(["00", "00", "30", "15"])}`;
    const base = {
      title,
      category,
      date: days.date(helped),
      time,
      minutes,
      place: placeOf(draft),
      placeNote: "",
    };
    const then: Step[] = [];
    let final = minutes;
    const evening = days.at(helped, `22:${twoDigits(random.integer(0, 59))}`);
    const morning = days.at(helped - 1, clock(8, 12));
    // Members without internet never propose; the other side records.
    const isOffline = giver.isOffline || receiver.isOffline;

    if (isBooked && post && !isOffline) {
      const visitor = post.kind === "offer" ? receiver : giver;
      const owner = post.kind === "offer" ? giver : receiver;
      then.push({ by: owner.key, at: days.at(began - 1, clock(7, 19)), do: "agree" });
      if (random.happens(0.5)) {
        const at = days.at(began - 1, `20:${twoDigits(random.integer(0, 59))}`);
        then.push({ by: owner.key, at, do: "note", text: random.pick(answering) });
      }
      if (random.happens(0.12)) final = Math.min(195, minutes + 15);
      const reporter = random.happens(0.68) ? receiver : giver;
      const reportAt = random.happens(0.5) ? evening : morning;
      then.push({ by: reporter.key, at: reportAt, do: "report", minutes: final });
      if (reporter === giver) {
        then.push({ by: receiver.key, at: days.at(helped - 2, clock(7, 21)), do: "confirm" });
      }
      if (random.happens(0.35)) {
        const at = days.at(helped - 2, `22:${twoDigits(random.integer(0, 59))}`);
        then.push({ by: receiver.key, at, do: "note", text: random.pick(thanking) });
      }
      scenes.push({
        ...base,
        from: visitor.key,
        mySide: visitor === giver ? "giver" : "receiver",
        other: owner.key,
        listing: post.title,
        at: days.at(began, clock(7, 21)),
        note: random.happens(0.6) ? random.pick(asking) : "",
        isRecord: false,
        then,
      });
    } else {
      const byGiver = !giver.isOffline && (receiver.isOffline || style > 0.9);
      const [from, to] = byGiver ? [giver, receiver] : [receiver, giver];
      if (byGiver) then.push({ by: to.key, at: days.at(helped - 2, clock(7, 21)), do: "confirm" });
      scenes.push({
        ...base,
        from: from.key,
        mySide: byGiver ? "giver" : "receiver",
        other: to.key,
        at: random.happens(0.6) ? evening : morning,
        note: random.happens(0.25) ? random.pick(thanking) : "",
        isRecord: true,
        then,
      });
    }
    for (const { key } of [giver, receiver]) turns.set(key, (turns.get(key) ?? 0) + 1);
    free.set(receiver.key, freeOf(receiver.key) - final);
    // The giver has the hours once the confirmation is certain.
    credits.push({ at: days.at(helped - 2, "23:59"), key: giver.key, minutes: final });
  }
  return scenes;
}
