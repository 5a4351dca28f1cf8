/**
 * How everything here is measured: in rounds, each with one slice of every contender, in an order
 * that is turned by one each time. What the machine does beside us then falls on all of them, and
 * the ratios of one round compare what was measured side by side.
 */

/** What was done in one slice. */
export type Sample = {
  operations: number;
  seconds: number;
  /** Milliseconds of each operation. */
  latencies: number[];
};

export type Contender = {
  name: string;
  /** Lays out at least so many operations; its time does not count. */
  prepare?: (operations: number) => Promise<void>;
  /** Works for about so many seconds. */
  slice: (seconds: number) => Promise<Sample>;
};

export type Samples = Map<string, Sample[]>;

export type Rounds = { rounds: number; seconds: number; say: (line: string) => void };

/** More than a slice will need, when it goes as fast as the fastest before it. */
const RESERVE = 1.5;
/** For the first slice, of which nothing is known. */
const FIRST = 400;

/** Runs all contenders against each other; a first round warms up and is not counted. */
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

/** The list, begun `by` places later. */
export const turned = <Item>(items: Item[], by: number): Item[] => {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};

/**
 * Lets clients work side by side until the time is over.
 * @param work one operation of one client; false when there is nothing left to do
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

/** Operations a second. */
export const rateOf = ({ operations, seconds }: Pick<Sample, "operations" | "seconds">): number =>
  seconds > 0 ? operations / seconds : 0;

/** The value in the middle; NaN of nothing. */
export const median = (values: number[]): number => quantile(values, 0.5);

/** The value below which the share lies, between the two nearest ones; NaN of nothing. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export type Spread = { median: number; least: number; most: number };

/** The middle and the ends. */
export const spreadOf = (values: number[]): Spread => ({
  median: median(values),
  least: values.length > 0 ? Math.min(...values) : Number.NaN,
  most: values.length > 0 ? Math.max(...values) : Number.NaN,
});

/** One against another, round by round. */
export const ratios = (ones: number[], others: number[]): number[] =>
  ones.slice(0, others.length).map((one, round) => one / (others[round] ?? Number.NaN));

/** The rates of a contender, round by round. */
export const ratesOf = (samples: Samples, name: string): number[] =>
  (samples.get(name) ?? []).map(rateOf);
