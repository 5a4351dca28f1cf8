import { expect, it } from "vitest";
import { emptySearch } from "../../domain/search/search";
import { checkBooks } from "../../server/ledger/statement";
import { readCandidates } from "../../server/matching/candidates";
import { owner, ownerUrl } from "../../server/platform/db/testing/pools";
import { readFacets } from "../../server/search/facets";
import { searchListings } from "../../server/search/queries";
import { LISTINGS, loadListings, NOW, SEARCHED_SLUG } from "./load-listings";
import { ask } from "./server";

/** The results in the measured community, without ids, which differ between loads. */
async function found() {
  const { rows } = await owner().query<{ id: string; member: string }>(
    `SELECT community.id, member.id AS member FROM community
     JOIN member ON community_id = community.id AND number = 1 WHERE slug = $1`,
    [SEARCHED_SLUG],
  );
  const [at] = rows;
  if (!at) throw new Error(`${SEARCHED_SLUG} is not there`);
  const reader = { id: at.member, latitude: null, longitude: null };
  const words = "bicycle fixing";
  const { listings } = await searchListings(at.id, { words }, reader, NOW);
  const { total, availableOn } = await readFacets(at.id, emptySearch, reader, NOW, "en");
  const titles = listings.map(({ title, createdAt }) => [title, createdAt]);
  const around = { communityId: at.id, meId: at.member, now: NOW };
  const neighbours = await readCandidates(around, { kind: "offer", category: "repair" });
  const loads = neighbours.map(({ balance, promised, givenLately, receivedLately }) => [
    balance,
    promised,
    givenLately,
    receivedLately,
  ]);
  return { total, availableOn, titles, loads };
}

const load = (communities: number) =>
  ask(ownerUrl(), async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query("TRUNCATE listing, member, account, community, transfer, hold CASCADE");
    await loadListings(client, { listings: communities * LISTINGS, seed: 5 });
  });

it("loads the same measured community at every size, and follows the rules", async () => {
  // The loader drops and recreates the indexes.
  const INDEXES = "SELECT count(*)::integer AS n FROM pg_indexes WHERE indexname LIKE 'listing_%'";
  const { rows: before } = await owner().query<{ n: number }>(INDEXES);
  const indexes = before[0]?.n;
  await load(1);
  const alone = await found();
  expect(alone.total).toBe(LISTINGS);
  expect(alone.titles.length).toBeGreaterThan(5);
  expect(alone.availableOn).toHaveLength(7);
  // Some members are below zero, some have promised, some have given or received lately.
  for (const figure of [0, 1, 2, 3]) {
    expect(new Set(alone.loads.map((load) => load[figure])).size).toBeGreaterThan(1);
  }
  await load(3);
  expect(await found()).toEqual(alone);
  const { rows } = await owner().query(
    `SELECT (SELECT count(*) FROM listing)::integer AS listings,
       (SELECT count(*) FROM listing l JOIN member m ON m.community_id = l.community_id
          AND m.id = l.member_id AND l.member_words = m.display_name || ' ' || m.neighbourhood
       )::integer AS owned,
       (SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'listing_%')::integer AS indexes`,
  );
  expect(rows).toEqual([{ listings: 3 * LISTINGS, owned: 3 * LISTINGS, indexes }]);
  expect(await checkBooks()).toEqual([]);
});
