/** Creates the objects that procedures act on, for given owners. */
import { v7 } from "uuid";
import { MAX_NEIGHBOURHOODS } from "../../../domain/place/neighbourhood";
import { db, type Tx, transaction } from "../../../server/platform/db/client";
import { as, type Person, type Place, SECRET } from "./scene";

const DAY = 86_400_000;
const dayFrom = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

export const what = { title: "Help with the shopping", category: "shopping" as const };
let asked = 0;
/** A different hour of a different day each time: a giver cannot have two exchanges at once. */
export const terms = () => {
  asked += 1;
  const hour = String(6 + (asked % 16)).padStart(2, "0");
  return {
    date: dayFrom(3 + (Math.floor(asked / 16) % 350)),
    time: `${hour}:00`,
    minutes: 60,
    place: "giver" as const,
    placeNote: "",
  };
};
export const listing = {
  kind: "offer" as const,
  title: "Shopping",
  description: "",
  category: "shopping" as const,
  minutes: 60,
  places: ["mine" as const],
  availability: "",
};
/** When every exchange made with `terms` is over. */
export const AFTER = new Date(Date.now() + 360 * DAY);

export type Thing = { id: string; version: number };
/** `first` made the last step; `second` is the side that has to answer. */
export type Maker = (place: Place, first: Person, second: Person) => Promise<Thing>;

const exchangeNow = async (communityId: string, id: string): Promise<Thing> => {
  const { version } = await db.exchange.findUniqueOrThrow({
    where: { communityId_id: { communityId, id } },
    select: { version: true },
  });
  return { id, version };
};

export const proposed: Maker = async (place, first, second) => {
  const id = v7();
  await as(first).exchange.propose({
    community: place.slug,
    id,
    otherId: second.id,
    mySide: "giver",
    ...what,
    ...terms(),
    note: SECRET.note,
    confirmedDuplicate: true,
  });
  return exchangeNow(place.id, id);
};

export const agreed: Maker = async (place, first, second) => {
  const { id, version } = await proposed(place, second, first);
  await as(first).exchange.agree({ community: place.slug, id, version });
  return exchangeNow(place.id, id);
};

export const reported: Maker = async (place, first, second) => {
  const id = v7();
  await as(first).exchange.record({
    community: place.slug,
    id,
    otherId: second.id,
    mySide: "giver",
    ...what,
    date: dayFrom(-1),
    minutes: 60,
    note: SECRET.note,
    confirmedDuplicate: true,
  });
  return exchangeNow(place.id, id);
};

/** Agreed; the first proposed another time. */
export const rescheduling: Maker = async (place, first, second) => {
  const { id, version } = await agreed(place, first, second);
  const { date, time } = terms();
  await as(first).exchange.requestReschedule({
    community: place.slug,
    id,
    version,
    date,
    time,
    reason: SECRET.note,
  });
  return exchangeNow(place.id, id);
};

const afterwards =
  (before: Maker, step: "dispute" | "confirm"): Maker =>
  async (place, first, second) => {
    const { id, version } = await before(place, first, second);
    const input = { community: place.slug, id, version };
    if (step === "dispute") await as(second).exchange.dispute({ ...input, reason: SECRET.note });
    else await as(second).exchange.confirm(input);
    return exchangeNow(place.id, id);
  };
/** The second disputed the first's report. */
export const disputed = afterwards(reported, "dispute");
export const settled = afterwards(reported, "confirm");

/**
 * Moves a member's earlier actions two days back, so that the daily limits do not apply. One at a time
 * for each member: updates of many rows in different orders would deadlock.
 */
const longAgo = (
  { id }: Person,
  update: (tx: Tx, data: { createdAt: Date }) => Promise<unknown>,
): Promise<unknown> =>
  transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
    return update(tx, { createdAt: new Date(Date.now() - 2 * DAY) });
  });

const turns = new Map<string, Promise<unknown>>();
/** Runs the work of one member sequentially. */
function inTurn<Result>({ id }: Person, work: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work);
  turns.set(
    id,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Settled by the second's record alone: the giver was credited without confirming. */
export const credited: Maker = async (place, first, second) => {
  const id = v7();
  const where = { communityId: place.id, giverId: first.id, receiverId: second.id };
  await inTurn(second, async () => {
    await longAgo(second, (tx, data) => tx.exchange.updateMany({ where, data }));
    await as(second).exchange.record({
      community: place.slug,
      id,
      otherId: first.id,
      mySide: "receiver",
      ...what,
      date: dayFrom(-1),
      minutes: 15,
      note: SECRET.note,
      confirmedDuplicate: true,
    });
  });
  return exchangeNow(place.id, id);
};

/** Settled, with the second's thanks and a private note to the coordinators. */
export const worded: Maker = async (place, first, second) => {
  const thing = await settled(place, first, second);
  const words = { community: place.slug, exchangeId: thing.id };
  // Sequential, since other objects are made for the same two meanwhile, and thanks have a daily limit.
  await inTurn(second, async () => {
    const where = { communityId: place.id, fromMemberId: second.id };
    await longAgo(second, (tx, data) => tx.thanks.updateMany({ where, data }));
    await as(second).thanks.write({ ...words, text: "Thank you!" });
  });
  await as(second).thanks.shareWithCoordinators({ ...words, text: SECRET.word });
  return thing;
};

/** The makers of objects with two sides. */
export const between = new Set([
  proposed,
  agreed,
  rescheduling,
  reported,
  disputed,
  settled,
  credited,
  worded,
]);

export const openListing: Maker = async (place, first) => {
  const id = v7();
  const where = { communityId: place.id, memberId: first.id };
  await inTurn(first, async () => {
    await longAgo(first, (tx, data) => tx.listing.updateMany({ where, data }));
    await as(first).listing.create({ community: place.slug, id, ...listing });
  });
  return { id, version: 1 };
};

/** A photo of the first; its contents do not matter here. */
async function newPhoto(place: Place, first: Person): Promise<string> {
  const id = v7();
  const bytes = new Uint8Array([1]);
  await db.photo.create({
    data: {
      communityId: place.id,
      id,
      ownerId: first.id,
      contentType: "image/webp",
      bytes,
      square: bytes,
      width: 1,
      height: 1,
      sha256: "",
      createdAt: new Date(),
    },
    select: { id: true },
  });
  return id;
}

export const photo: Maker = async (place, first) => {
  const id = await newPhoto(place, first);
  await db.member.updateMany({
    where: { communityId: place.id, id: first.id },
    data: { photoId: id },
  });
  return { id, version: 1 };
};

/** The first's current photo; a replaced one is visible to nobody. */
export const shownPhoto: Maker = (place, first, second) =>
  inTurn(first, async () => {
    const where = { communityId: place.id, id: first.id };
    const { photoId } = await db.member.findFirstOrThrow({ where });
    return photoId ? { id: photoId, version: 1 } : photo(place, first, second);
  });

/** The photo of a closed listing of the first. */
export const photoOfClosedListing: Maker = async (place, first, second) => {
  const listing = await openListing(place, first, second);
  const id = await newPhoto(place, first);
  await db.listing.updateMany({
    where: { communityId: place.id, id: listing.id },
    data: { photoId: id },
  });
  await as(first).listing.close({ community: place.slug, id: listing.id });
  return { id, version: 1 };
};

export const keptSearch: Maker = async (place, first) => {
  const input = { community: place.slug, id: v7(), words: v7().slice(-8) };
  return { ...(await as(first).search.save(input)), version: 1 };
};

/** The member themselves. */
export const themselves: Maker = async (_place, first) => ({ id: first.id, version: 1 });

/** An override of the member's usual week. */
export const exception: Maker = async (place, first) => {
  const id = v7();
  await as(first).availability.addOverride({
    community: place.slug,
    id,
    firstDay: dayFrom(20),
    lastDay: dayFrom(21),
    starts: null,
    ends: null,
  });
  return { id, version: 1 };
};

/** Created by the community's coordinator, since only coordinators may. */
export const invitation: Maker = async (place) => {
  const { userId } = await db.member.findFirstOrThrow({
    where: { communityId: place.id, role: "coordinator" },
  });
  const { id } = await as({ userId: userId ?? "" }).community.invite({
    community: place.slug,
    label: "secret-label",
    days: 7,
    maxUses: 5,
  });
  return { id, version: 1 };
};

/** Created by the community's coordinator, since only coordinators may. */
export const neighbourhood: Maker = async (place) => {
  const { userId } = await db.member.findFirstOrThrow({
    where: { communityId: place.id, role: "coordinator" },
  });
  const id = v7();
  const point = { latitude: 0, longitude: 0 };
  // Their number is limited, so earlier ones make room.
  const oldest = await db.neighbourhood.findMany({
    where: { communityId: place.id },
    orderBy: { id: "desc" },
    skip: MAX_NEIGHBOURHOODS / 2,
  });
  const ids = oldest.map((each) => each.id);
  await db.neighbourhood.deleteMany({ where: { communityId: place.id, id: { in: ids } } });
  await as({ userId: userId ?? "" }).neighbourhood.add({
    community: place.slug,
    id,
    name: id,
    point,
  });
  return { id, version: 1 };
};
