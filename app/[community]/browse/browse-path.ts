import { toSearchParams, withQuery } from "@/domain/kernel/query";
import { type BrowseQuery, browseShape } from "@/domain/search/schema";

/** The URL of a browse page. */
export const browsePath = (community: string, query: Partial<BrowseQuery> = {}): string =>
  withQuery(`/${community}/browse`, toSearchParams(browseShape, query));
