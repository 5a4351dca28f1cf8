/** The requests that the clients send, with their answers. */
import { randomUUID } from "node:crypto";
import { RELEASE, SETTLE } from "../../../server/platform/db/testing/books";
import { app } from "../../../server/platform/db/testing/pools";

/** An acknowledged transfer, with the times (ms) between which it was committed. */
export type Acknowledged = {
  id: string;
  sent: number;
  answered: number;
  /** Both accounts, with the version that each got from the transfer. */
  versions: [account: string, version: number][];
};

export type Attempt = {
  /** "ok", or the SQLSTATE of the error. */
  answer: string;
  moved?: Acknowledged;
};

type Moved = Record<"debit_account_id" | "credit_account_id", string> &
  Record<"debit_version" | "credit_version", number>;

export type Leg = { id: string; debit: string; credit: string; minutes: number };

/** Settles an exchange as confirmed by its receiver. */
export async function move(
  community: string,
  { id, debit, credit, minutes }: Leg,
  exchange: string,
): Promise<Attempt> {
  const sent = performance.now();
  return answering(async () => {
    const { rows } = await app().query<Moved>({
      name: "move",
      text: SETTLE,
      values: [community, id, "exchange", debit, credit, minutes, exchange, new Date()],
    });
    const [row] = rows;
    if (!row) throw new Error("nothing came back");
    const versions: Acknowledged["versions"] = [
      [row.debit_account_id, row.debit_version],
      [row.credit_account_id, row.credit_version],
    ];
    return { id, sent, answered: performance.now(), versions };
  });
}

// A giver cannot have two exchanges at the same time, so each gets its own hour, far in the future.
let hours = 0;

/** Creates an exchange in the database only, without the application. */
export async function makeNew(
  community: string,
  { id: exchange, debit, credit, minutes }: Leg,
): Promise<void> {
  hours += 2;
  await app().query({
    name: "exchange",
    text: `WITH made AS (
        INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
          category, starts_at, minutes, place, place_note, pending_by_id, created_at)
        VALUES ($1, $2, $3, $4, 'agreed', 1, 'T', 'other',
          timestamptz '2100-01-01 00:00Z' + make_interval(hours => $6), $5, 'giver', '', $3, now())
        RETURNING id
      )
      INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
      SELECT $1, id, 1, now(), $4, 'agreed', $5 FROM made`,
    values: [community, exchange, credit, debit, minutes, hours],
  });
}

/** Creates an exchange and places a hold for it. */
export async function holdNew(
  community: string,
  { debit, credit, minutes }: Omit<Leg, "id">,
): Promise<{ exchange: string; attempt: Attempt }> {
  const exchange = randomUUID();
  await makeNew(community, { id: exchange, debit, credit, minutes });
  const attempt = await answering(async () => {
    await app().query({
      name: "hold",
      text: "SELECT place_hold($1, $2, $3, $4, $5)",
      values: [community, exchange, debit, minutes, credit],
    });
    return null;
  });
  return { exchange, attempt };
}

export const release = (community: string, exchange: string): Promise<Attempt> =>
  answering(async () => {
    await app().query({
      name: "release",
      text: RELEASE,
      values: [community, exchange],
    });
    return null;
  });

async function answering(work: () => Promise<Acknowledged | null>): Promise<Attempt> {
  try {
    const moved = await work();
    return moved ? { answer: "ok", moved } : { answer: "ok" };
  } catch (error) {
    return { answer: (error as { code?: string }).code ?? String(error) };
  }
}
