/** What is measured at each size, by the names in the table. */
export const measures = [
  "settle",
  "account page",
  "statement page",
  "deep statement page",
] as const;

/** Without a goal: a member with as many transfers as those of a crowd. */
export const crowdMeasure = "account page of a crowd's member";
