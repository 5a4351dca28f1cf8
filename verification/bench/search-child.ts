/** The application of one database of listings; started and ordered by growth.ts. */

import type { ListingKind } from "../../domain/listing/listing";
import { emptySearch } from "../../domain/search/search";
import { readListing, readListingsOf } from "../../server/listing/queries";
import { readMutualMatches, readSuggestions } from "../../server/matching/queries";
import { readMembers } from "../../server/member/queries";
import { readFacets } from "../../server/search/facets";
import { readNearest } from "../../server/search/nearest";
import { countNewListings, searchListings } from "../../server/search/queries";
import { repeatedRead, serveOrders } from "./child";
import { NOW, SEARCHED_SLUG } from "./load-listings";
import { searches } from "./search-measures";
import { ask } from "./server";

const clients = Number(process.env.BENCH_CLIENTS);
const WEEK = 7 * 86_400_000;

type Reader = {
  communityId: string;
  id: string;
  latitude: number;
  longitude: number;
  displayName: string;
  role: "member" | "coordinator";
  joinedAt: Date;
  languages: string[];
  neighbourhood: string;
};

/** The first member with both an offer and a request. */
async function readReader(): Promise<Reader> {
  const { rows } = await ask(process.env.DATABASE_URL ?? "", (client) =>
    client.query<Reader>(
      `SELECT member.community_id AS "communityId", member.id, latitude, longitude,
         display_name AS "displayName", role, joined_at AS "joinedAt", languages, neighbourhood
       FROM member JOIN community ON community.id = community_id
       JOIN listing ON listing.community_id = community.id AND listing.member_id = member.id
       WHERE slug = $1
       GROUP BY member.community_id, member.id HAVING count(DISTINCT kind) = 2
       ORDER BY number LIMIT 1`,
      [SEARCHED_SLUG],
    ),
  );
  const [reader] = rows;
  if (!reader) throw new Error(`${SEARCHED_SLUG} has nobody to match`);
  return reader;
}

/** Matching as the pages use it: for the newest offer, for the newest request, and for a member. */
async function matching({ communityId, ...me }: Reader) {
  const asked = { communityId, me, now: NOW, balancesVisible: true };
  const readMine = () => readListingsOf(communityId, me.id, me, NOW, false);
  const mine = await readMine();
  const suggesting = (kind: ListingKind) => {
    const id = mine.find((listing) => listing.kind === kind)?.id;
    return async () => {
      const listing = id && (await readListing(communityId, id, me, NOW));
      if (!listing) throw new Error(`the first member of ${SEARCHED_SLUG} has no ${kind}`);
      const suggested = await readSuggestions(listing, asked);
      if (suggested.length === 0) throw new Error(`nobody fits the ${kind}`);
    };
  };
  return {
    "givers for a request": suggesting("request"),
    "seekers for an offer": suggesting("offer"),
    "pairs and circles": async () => {
      const { pairs, circles } = await readMutualMatches(await readMine(), asked);
      if (pairs.length === 0 || circles.length === 0) throw new Error("there is no pair or circle");
    },
  };
}

async function main(): Promise<void> {
  const reader = await readReader();
  const { communityId, ...me } = reader;
  const words = "bicycle fixing";
  const search = { ...emptySearch, words };
  const since = new Date(NOW.getTime() - WEEK);
  const find = (query: Parameters<typeof searchListings>[1]) =>
    searchListings(communityId, query, me, NOW);
  const work: Record<(typeof searches)[number], () => Promise<unknown>> = {
    browse: () => find({}),
    search: () => find({ words }),
    "search by first letters": () => find({ words: "gard" }),
    "search nearby": () => find({ words, within: 3, order: "near" }),
    "free on a day": () => find({ availableOn: 6 }),
    "spelling mistake": () =>
      readNearest(communityId, { ...emptySearch, words: "bycicle fixng" }, me, NOW),
    facets: () => readFacets(communityId, emptySearch, me, NOW, "en"),
    "facets of a search": () => readFacets(communityId, search, me, NOW, "en"),
    "news of a saved search": () => countNewListings(communityId, { search, since }, me, NOW),
    "people by name": () => readMembers(communityId, "en", { words: "benjamin" }),
    ...(await matching(reader)),
  };
  serveOrders(searches.map((name) => repeatedRead(clients, name, work[name])));
}

if (process.send) await main();
