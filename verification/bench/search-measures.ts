/** What is measured of search and matching, by the names in the table. */
export const searches = [
  "browse",
  "search",
  "search by first letters",
  "search nearby",
  "free on a day",
  "spelling mistake",
  "facets",
  "facets of a search",
  "news of a saved search",
  "people by name",
  "givers for a request",
  "seekers for an offer",
  "pairs and circles",
] as const;
