/** The measures by which years are compared. */
import type { Year } from "./year";

export type Measures = {
  /** Share of requests that were met: of all, and of those whose member could promise the hours. */
  met: number;
  metOfPossible: number;
  /** Share of all hours given by the busiest tenth of the members. */
  busiest: number;
  /** Gini coefficient of the hours given: 0 when all give the same, towards 1 when one gives everything. */
  gini: number;
  /** Members at the end of the year who cannot promise another hour. */
  stuck: number;
  /** Mean days from the request to the help. */
  wait: number;
  /** Members asked for each request that was met. */
  questions: number;
  /** Share of members who gave any help. */
  givers: number;
};

export function measure({ people, requests, met, atFloor, questions, waited }: Year): Measures {
  const given = people.map((person) => person.given).sort((one, other) => other - one);
  const sum = total(given);
  return {
    met: met / Math.max(1, requests),
    metOfPossible: met / Math.max(1, requests - atFloor),
    busiest: total(given.slice(0, Math.ceil(given.length / 10))) / Math.max(1, sum),
    gini: giniOf(given, sum),
    stuck: people.filter((person) => !person.canPromise(60)).length,
    wait: waited / Math.max(1, met),
    questions: questions / Math.max(1, met),
    givers: given.filter((minutes) => minutes > 0).length / given.length,
  };
}

const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

/** @param descending highest first */
function giniOf(descending: number[], sum: number): number {
  const count = descending.length;
  if (sum === 0) return 0;
  const ranked = descending.reduce((so, value, index) => so + value * (count - index), 0);
  return (2 * ranked) / (count * sum) - (count + 1) / count;
}

export type Spread = { mean: number; least: number; most: number };

export const spreadOf = (values: number[]): Spread => ({
  mean: total(values) / values.length,
  least: Math.min(...values),
  most: Math.max(...values),
});
