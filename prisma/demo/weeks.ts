/** The usual weeks of some members; the others arrange times by message. */
// biome-ignore-all format: one a line reads as a table
type Stretch = readonly [weekdays: readonly number[], from: number, to: number];

const WORKDAYS = [1, 2, 3, 4, 5];

/** Hours of the day; weekday 1 is Monday. */
export const weeks: Record<string, { week: readonly Stretch[]; travel: number }> = {
  rosa: { week: [[WORKDAYS, 9, 12], [[2, 4], 15, 18]], travel: 15 },
  selam: { week: [[[1, 3, 5], 17, 20], [[7], 10, 13]], travel: 15 },
  gerd: { week: [[WORKDAYS, 8, 11]], travel: 0 },
  kwame: { week: [[[2, 3, 4, 5], 10, 13], [[2, 3, 4, 5], 14, 18]], travel: 0 },
  mateo: { week: [[[6, 7], 10, 16]], travel: 15 },
  linh: { week: [[[2, 4], 18, 21], [[6], 9, 12]], travel: 15 },
  oksana: { week: [[WORKDAYS, 14, 17]], travel: 0 },
  yusuf: { week: [[[1, 3], 16, 19]], travel: 30 },
  jonas: { week: [[WORKDAYS, 16, 18]], travel: 0 },
  beate: { week: [[[1, 2, 3, 4, 5, 6, 7], 7, 9], [[1, 2, 3, 4, 5, 6, 7], 17, 19]], travel: 0 },
  tomasz: { week: [[[6], 8, 14]], travel: 30 },
  hasan: { week: [[[5], 14, 18], [[6], 9, 17]], travel: 15 },
  katja: { week: [[[3, 6], 13, 17]], travel: 15 },
  emil: { week: [[[1, 2], 11, 17]], travel: 15 },
};
