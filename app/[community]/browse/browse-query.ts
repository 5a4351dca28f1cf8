import { categories, listingKinds } from "@/server/domain/listing";

export type BrowseSearch = Promise<Record<string, string | string[] | undefined>>;

/** What the address of the browse page says; a kind or category that is none is ignored. */
export async function browseQuery(search: BrowseSearch) {
  const given = await search;
  const one = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value : "";
  };
  return {
    kind: listingKinds.find((kind) => kind === one("kind")),
    category: categories.find((category) => category === one("category")),
    words: one("words").slice(0, 80),
    after: one("after") || undefined,
  };
}

type BrowseQuery = Partial<Awaited<ReturnType<typeof browseQuery>>>;

/** The address of a browse page. */
export function browsePath(community: string, query: BrowseQuery): string {
  const { kind = "", category = "", words = "", after = "" } = query;
  const parts = Object.entries({ kind, category, words, after }).filter(([, value]) => value);
  const address = new URLSearchParams(parts).toString();
  return `/${community}/browse${address && `?${address}`}`;
}
