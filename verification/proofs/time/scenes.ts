/** Exchanges that start near the night of a clock change. */
import { v7 } from "uuid";
import { db } from "../../../server/platform/db/client";
import { procedures } from "../../../server/testing/people";
import { check } from "../proof";

type Random = () => number;
export type Zone = (typeof zones)[number];

/** Nights in 2027 with a clock change; one of the zones shifts by half an hour. */
export const zones = [
  { name: "Europe/Madrid", nights: ["2027-03-28", "2027-10-31"] },
  { name: "America/New_York", nights: ["2027-03-14", "2027-11-07"] },
  { name: "Australia/Lord_Howe", nights: ["2027-10-03", "2027-04-04"] },
] as const;

export const kinds = ["proposed", "agreed", "reported", "recorded"] as const;
export type Kind = (typeof kinds)[number];

export type Place = {
  id: string;
  slug: string;
  zone: string;
  giver: { id: string; userId: string };
  receiver: { id: string; userId: string };
};

export type Scene = {
  place: Place;
  id: string;
  kind: Kind;
  /** When it was proposed, recorded or reported: the deadline counts from here. */
  since: Date;
  minutes: number;
  words: string[];
};

/** Mostly hours that a night skips or repeats. */
const HOURS = [
  "00:30",
  "01:15",
  "01:30",
  "01:30",
  "01:45",
  "01:45",
  "02:00",
  "02:00",
  "02:15",
  "02:15",
  "02:15",
  "02:30",
  "02:45",
  "03:00",
  "12:00",
  "23:45",
];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The local date and time of an instant, computed independently of the product. */
function clock(instant: Date, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(instant).replace(" ", "T");
}

/**
 * Creates an exchange of the given kind near one of the zone's nights.
 * @param at instead of a night: when everything happened
 */
export async function start(
  place: Place,
  zone: Zone | null,
  kind: Kind,
  random: Random,
  at?: Date,
): Promise<Scene> {
  const pick = <T>(some: readonly T[]) => some[Math.floor(random() * some.length)] as T;
  const night = zone ? pick(zone.nights) : "";
  const date = zone
    ? dayAfter(night, pick([-1, 0, 0, 0, 1]))
    : clock(at as Date, place.zone).slice(0, 10);
  const time = zone ? pick(HOURS) : "12:00";
  const minutes = pick([15, 60, 120]);
  const before = at ?? new Date(Date.parse(`${date}T${time}:00Z`) - (2 + 4 * random()) * DAY);
  const id = v7();
  const terms = { date, time, minutes, place: "elsewhere" as const, placeNote: "" };
  const what = { title: "Help", category: "other" as const, note: "" };
  const as = (side: "giver" | "receiver", now: Date) =>
    procedures(place[side].userId, now).exchange;
  const community = place.slug;
  const made = (since: Date, words: string[] = []): Scene => ({
    place,
    id,
    kind,
    since,
    minutes,
    words,
  });

  if (kind === "recorded" || at) {
    const since = at ?? new Date(Date.parse(`${date}T${time}:00Z`) + 2 * DAY);
    const input = { community, id, otherId: place.receiver.id, ...what, date, minutes };
    await as("giver", since).record({ ...input, mySide: "giver", confirmedDuplicate: true });
    return made(since);
  }
  const proposal = { community, id, otherId: place.receiver.id, ...what, ...terms };
  await as("giver", before).propose({ ...proposal, mySide: "giver", confirmedDuplicate: true });
  const words = await requireTypedHour(place, id, `${date}T${time}`);
  if (kind === "proposed") return made(before, words);
  const agreedAt = new Date(before.getTime() + HOUR);
  await as("receiver", agreedAt).agree({ community, id, version: 1 });
  if (kind === "agreed") return made(agreedAt, words);
  const { startsAt } = await db.exchange.findFirstOrThrow({ where: { id } });
  const since = new Date(startsAt.getTime() + minutes * 60_000 + random() * DAY);
  await as("giver", since).report({ community, id, version: 2, minutes });
  return made(since, words);
}

/** Checks that the local clock shows what was typed, or for a skipped hour, the shift later. */
async function requireTypedHour({ zone }: Place, id: string, typed: string): Promise<string[]> {
  const { startsAt } = await db.exchange.findFirstOrThrow({ where: { id } });
  const shown = clock(startsAt, zone);
  const at = (hours: number) => clock(new Date(startsAt.getTime() + hours * HOUR), zone);
  if (shown === typed) {
    // The first of two: the clock shows the same time again after the shift.
    check(at(-1) !== typed && at(-0.5) !== typed, `${typed} in ${zone} is the second of two`);
    return at(1) === typed || at(0.5) === typed ? ["hour that comes twice"] : [];
  }
  const jump = (Date.parse(`${shown}Z`) - Date.parse(`${typed}Z`)) / 60_000;
  const isSkipped = [30, 60].includes(jump) && at(-jump / 60) < typed;
  check(isSkipped, `${typed} in ${zone} became ${shown}`);
  return ["skipped hour"];
}
