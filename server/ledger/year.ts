import type { MonthFigures } from "../../domain/ledger/year";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";

type Window = { from: Date; to: Date; timeZone: string };

/** An account's exchanges in a window, without reversed ones; positive minutes were given. */
const helped = (communityId: string, accountId: string, { from, to }: Window) => Prisma.sql`
  SELECT s.* FROM statement s
  WHERE s.community_id = ${communityId}::uuid AND s.account_id = ${accountId}::uuid
    AND s.kind = 'exchange' AND s.created_at >= ${from}::timestamptz
    AND s.created_at < ${to}::timestamptz AND NOT EXISTS (
      SELECT FROM transfer undo
      WHERE undo.community_id = s.community_id AND undo.reverses_id = s.transfer_id
    )`;

/**
 * The minutes given and received and the final balance of each local month with transfers, and the
 * opening balance before the first.
 */
export async function readMonths(
  communityId: string,
  accountId: string,
  window: Window,
): Promise<{ months: MonthFigures[]; opening: number }> {
  const { from, to, timeZone } = window;
  const [months, before] = await Promise.all([
    db.$queryRaw<MonthFigures[]>`
      WITH helped AS (${helped(communityId, accountId, window)})
      SELECT to_char(s.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month,
        coalesce(sum(h.minutes) FILTER (WHERE h.minutes > 0), 0)::integer AS given,
        coalesce(-sum(h.minutes) FILTER (WHERE h.minutes < 0), 0)::integer AS received,
        (array_agg(s.balance ORDER BY s.version DESC))[1] AS balance
      FROM statement s LEFT JOIN helped h USING (version)
      WHERE s.community_id = ${communityId}::uuid AND s.account_id = ${accountId}::uuid
        AND s.created_at >= ${from}::timestamptz AND s.created_at < ${to}::timestamptz
      GROUP BY 1 ORDER BY 1`,
    db.$queryRaw<{ balance: number }[]>`
      SELECT balance FROM statement
      WHERE community_id = ${communityId}::uuid AND account_id = ${accountId}::uuid
        AND created_at < ${from}::timestamptz
      ORDER BY version DESC LIMIT 1`,
  ]);
  return { months, opening: before[0]?.balance ?? 0 };
}

type Row = {
  category: string | null;
  exchanges: number;
  given: number;
  received: number;
  people: number;
};

/** The window's minutes by category, most hours first, with the numbers of exchanges and people. */
export async function readKinds(communityId: string, accountId: string, window: Window) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.category, count(*)::integer AS exchanges,
      coalesce(sum(h.minutes) FILTER (WHERE h.minutes > 0), 0)::integer AS given,
      coalesce(-sum(h.minutes) FILTER (WHERE h.minutes < 0), 0)::integer AS received,
      count(DISTINCT nullif(h.counterpart_id, h.community_id))::integer AS people
    FROM (${helped(communityId, accountId, window)}) AS h
    JOIN exchange e ON e.community_id = h.community_id AND e.id = h.exchange_id
    GROUP BY GROUPING SETS ((e.category), ())
    ORDER BY sum(abs(h.minutes)) DESC, e.category`;
  const whole = rows.find(({ category }) => category === null);
  return {
    exchanges: whole?.exchanges ?? 0,
    people: whole?.people ?? 0,
    given: whole?.given ?? 0,
    received: whole?.received ?? 0,
    categories: rows.flatMap(({ category, given, received }) =>
      category === null ? [] : [{ category, given, received }],
    ),
  };
}
