/** What is measured of searching and matching, by the names of the table. */
export const searches = [
  "browse",
  "search",
  "search by first letters",
  "search nearby",
  "free on a day",
  "spelling mistake",
  "facets",
  "facets of a search",
  "news of a kept search",
  "people by name",
  "givers for a request",
  "seekers for an offer",
  "pairs and circles",
] as const;
