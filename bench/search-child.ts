/** The application of one database of listings: started by search.ts, which says what to do. */
import { readMembers } from "../server/db/read/members";
import { countNewListings, searchListings } from "../server/db/read/search";
import { readFacets } from "../server/db/read/search-facets";
import { readNearest } from "../server/db/read/search-nearest";
import { everything } from "../server/domain/search";
import { obeying, reading } from "./child";
import { NOW, SEARCHED_SLUG } from "./load-listings";
import { searches } from "./search-measures";
import { ask } from "./server";

const clients = Number(process.env.BENCH_CLIENTS);
const WEEK = 7 * 86_400_000;

async function readReader() {
  const { rows } = await ask(process.env.DATABASE_URL ?? "", (client) =>
    client.query<{ communityId: string; id: string; latitude: number; longitude: number }>(
      `SELECT community_id AS "communityId", member.id, latitude, longitude
       FROM member JOIN community ON community.id = community_id
       WHERE slug = $1 AND number = 1`,
      [SEARCHED_SLUG],
    ),
  );
  const [reader] = rows;
  if (!reader) throw new Error(`${SEARCHED_SLUG} has no members`);
  return reader;
}

async function main(): Promise<void> {
  const { communityId, ...me } = await readReader();
  const words = "bicycle fixing";
  const search = { ...everything, words };
  const since = new Date(NOW.getTime() - WEEK);
  const find = (query: Parameters<typeof searchListings>[1]) =>
    searchListings(communityId, query, me, NOW);
  const work: Record<(typeof searches)[number], () => Promise<unknown>> = {
    browse: () => find({}),
    search: () => find({ words }),
    "search by first letters": () => find({ words: "gard" }),
    "search nearby": () => find({ words, within: 3, order: "near" }),
    "spelling mistake": () =>
      readNearest(communityId, { ...everything, words: "bycicle fixng" }, me, NOW),
    facets: () => readFacets(communityId, everything, me, NOW),
    "facets of a search": () => readFacets(communityId, search, me, NOW),
    "news of a kept search": () => countNewListings(communityId, { search, since }, me, NOW),
    "people by name": () => readMembers(communityId, "benjamin"),
  };
  obeying(searches.map((name) => reading(clients, name, work[name])));
}

if (process.send) await main();
