import { weekdays } from "@/domain/kernel/weekdays";
import { categories, listingKinds, places } from "@/domain/listing/listing";
import { distances } from "@/domain/place/distance";
import { type Order, orders, type Search } from "@/domain/search/search";

export type BrowseSearch = Promise<Record<string, string | string[] | undefined>>;

/** The query of the browse page's URL. */
export type BrowseQuery = Search & {
  order: Order;
  /** The cursor: where the previous page ended. */
  after?: string | undefined;
  /** The id of the saved search that was opened. */
  saved?: string | undefined;
  /** Whether to show a map beside the list. */
  view?: "map" | undefined;
};

const CURSOR = /^[A-Za-z0-9_-]{1,160}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Parses the query; unknown or invalid values are ignored. */
export async function browseQuery(search: BrowseSearch): Promise<BrowseQuery> {
  const given = await search;
  const all = (name: string) => [given[name] ?? []].flat();
  const one = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const matching = (name: string, form: RegExp) => (form.test(one(name)) ? one(name) : undefined);
  return {
    words: one("words").slice(0, 80).trim(),
    kind: listingKinds.find((kind) => kind === one("kind")),
    category: categories.find((category) => category === one("category")),
    places: places.filter((place) => all("place").includes(place)),
    spoken: one("spoken").slice(0, 40).trim(),
    within: distances.find((within) => String(within) === one("within")),
    availableOn: weekdays.find((day) => String(day) === one("on")),
    order: orders.find((order) => order === one("order")) ?? "best",
    after: matching("after", CURSOR),
    saved: matching("saved", ID),
    view: one("view") === "map" ? "map" : undefined,
  };
}

/** The URL of a browse page; defaults are left out. */
export function browsePath(community: string, query: Partial<BrowseQuery> = {}): string {
  const { words, kind, category, places: where = [], spoken, within, order, after, saved } = query;
  const { availableOn, view } = query;
  const parts: [string, string][] = [
    ["words", words ?? ""],
    ["kind", kind ?? ""],
    ["category", category ?? ""],
    ...where.map((place): [string, string] => ["place", place]),
    ["spoken", spoken ?? ""],
    ["within", within ? String(within) : ""],
    ["on", availableOn ? String(availableOn) : ""],
    ["order", order === "best" ? "" : (order ?? "")],
    ["after", after ?? ""],
    ["saved", saved ?? ""],
    ["view", view ?? ""],
  ];
  const address = new URLSearchParams(parts.filter(([, value]) => value)).toString();
  return `/${community}/browse${address && `?${address}`}`;
}
