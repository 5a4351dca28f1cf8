/** What is measured at each size, by the names of the table. */
export const measures = [
  "settle",
  "account page",
  "statement page",
  "deep statement page",
] as const;

/** Beside the goals: somebody with as many transfers as a crowd's members have. */
export const crowdMeasure = "account page of a crowd's member";
