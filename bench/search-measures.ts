/** What is measured of searching, by the names of the table. */
export const searches = [
  "browse",
  "search",
  "search by first letters",
  "search nearby",
  "spelling mistake",
  "facets",
  "facets of a search",
  "news of a kept search",
  "people by name",
] as const;
