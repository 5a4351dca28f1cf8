/** The cost of search in one community, alone or among a thousand. */
import { measureGrowth } from "./growth";
import { LISTINGS, loadListings } from "./load-listings";
import type { Part } from "./part";
import { searches } from "./search-measures";

const LARGEST = 1_000_000;

export const search: Part = (bench) =>
  measureGrowth(bench, {
    part: "search",
    about: `${bench.clients} clients in one community of 100 members with ${LISTINGS.toLocaleString("en")} listings, alone or among others of the same size`,
    child: "search-child",
    sizes: bench.sizes.filter((size) => size <= LARGEST),
    families: [
      {
        name: "",
        work: searches,
        goals: searches,
        table: "listing",
        load: (client, listings) => loadListings(client, { listings, seed: bench.seed }),
      },
    ],
    most: 3,
  });
