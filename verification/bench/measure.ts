/**
 * Measures in rounds, each with one slice of every contender, in an order that rotates. Disturbances by the
 * machine then affect all contenders, and the ratios within a round compare simultaneous measurements.
 */

/** The result of one slice. */
export type Sample = {
  operations: number;
  seconds: number;
  /** Milliseconds per operation. */
  latencies: number[];
};

export type Contender = {
  name: string;
  /** Prepares at least this number of operations; its time does not count. */
  prepare?: (operations: number) => Promise<void>;
  /** Works for about this number of seconds. */
  slice: (seconds: number) => Promise<Sample>;
};

export type Samples = Map<string, Sample[]>;

export type Rounds = { rounds: number; seconds: number; say: (line: string) => void };

/** Prepares more than a slice needs at the speed of the fastest slice so far. */
const RESERVE = 1.5;
/** Prepared for the first slice, whose speed is unknown. */
const FIRST = 400;

/** Runs all contenders against each other. The first round warms up and does not count. */
export async function interleave(
  contenders: Contender[],
  { rounds, seconds, say }: Rounds,
): Promise<Samples> {
  const samples: Samples = new Map(contenders.map(({ name }) => [name, []]));
  const fastest = new Map<string, number>();
  for (let round = 0; round <= rounds; round += 1) {
    const isWarming = round === 0;
    for (const { name, prepare, slice } of turned(contenders, round)) {
      const known = fastest.get(name);
      await prepare?.(known ? Math.ceil(known * seconds * RESERVE) + 50 : FIRST);
      const sample = await slice(isWarming ? Math.min(1, seconds) : seconds);
      fastest.set(name, Math.max(known ?? 0, rateOf(sample)));
      if (!isWarming) samples.get(name)?.push(sample);
    }
    say(isWarming ? "warm" : `round ${round} of ${rounds}`);
  }
  return samples;
}

/** Rotates the list by `by` places. */
export const turned = <Item>(items: Item[], by: number): Item[] => {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};

/**
 * Runs clients in parallel until the time is over.
 * @param work one operation of one client; returns false when there is no work left
 */
export async function byClients(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<boolean>,
): Promise<Sample> {
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const loop = async (client: number) => {
    for (let now = began; now < end; ) {
      if (!(await work(client))) return;
      const done = performance.now();
      latencies.push(done - now);
      now = done;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  return { operations: latencies.length, seconds: (performance.now() - began) / 1000, latencies };
}

/** Operations per second. */
export const rateOf = ({ operations, seconds }: Pick<Sample, "operations" | "seconds">): number =>
  seconds > 0 ? operations / seconds : 0;

/** NaN for an empty list. */
export const median = (values: number[]): number => quantile(values, 0.5);

/** The interpolated quantile; NaN for an empty list. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export type Spread = { median: number; least: number; most: number };

/** The median and the range. */
export const spreadOf = (values: number[]): Spread => ({
  median: median(values),
  least: values.length > 0 ? Math.min(...values) : Number.NaN,
  most: values.length > 0 ? Math.max(...values) : Number.NaN,
});

/** The ratios of two contenders, round by round. */
export const ratios = (ones: number[], others: number[]): number[] =>
  ones.slice(0, others.length).map((one, round) => one / (others[round] ?? Number.NaN));

/** The rates of a contender, round by round. */
export const ratesOf = (samples: Samples, name: string): number[] =>
  (samples.get(name) ?? []).map(rateOf);
