/** With fewer matches than this, listings with a similar spelling are shown as well. */
export const MIN_MATCHES = 3;

/** Whether a search shows near matches: for words with few matches, on the first page. */
export const showsNearMatches = (
  { words, after }: { words: string; after?: string | undefined },
  matches: number,
): boolean => matches < MIN_MATCHES && words !== "" && !after;
