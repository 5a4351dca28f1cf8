import type { Named } from "../../domain/member/member";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";

/** A line of an account's statement: signed minutes, and the balance after it. */
export type StatementLine = {
  version: number;
  transferId: string;
  kind: "exchange" | "welcome" | "reversal";
  minutes: number;
  balance: number;
  createdAt: Date;
  exchangeId: string | null;
  title: string | null;
  category: string | null;
  /** The time of the help. */
  startsAt: Date | null;
  /** The other side; null for the community fund. */
  counterpartId: string | null;
  counterpartName: string | null;
  counterpartRole: Named["role"] | null;
  counterpartNumber: number | null;
  /** Whether a later line reverses this one. */
  reversed: boolean;
};

export type StatementQuery = {
  direction?: "all" | "in" | "out" | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Lines before this version only. */
  before?: number | undefined;
  limit: number;
};

/** An account's transfers, newest first, with the running balance; in minutes. */
export async function readStatement(
  communityId: string,
  accountId: string,
  { direction = "all", from, to, before, limit }: StatementQuery,
): Promise<{ lines: StatementLine[]; next: number | null }> {
  const sign =
    direction === "in"
      ? Prisma.sql`AND s.minutes > 0`
      : direction === "out"
        ? Prisma.sql`AND s.minutes < 0`
        : Prisma.empty;
  const lines = await db.$queryRaw<StatementLine[]>`
    SELECT s.version, s.transfer_id AS "transferId", s.kind, s.minutes, s.balance,
      s.created_at AS "createdAt", e.id AS "exchangeId", e.title, e.category,
      e.starts_at AS "startsAt", m.id AS "counterpartId", m.display_name AS "counterpartName", m.role AS "counterpartRole",
      m.number AS "counterpartNumber", undo.id IS NOT NULL AS reversed
    FROM statement s
    LEFT JOIN transfer old ON old.community_id = s.community_id AND old.id = s.reverses_id
    LEFT JOIN transfer undo
      ON undo.community_id = s.community_id AND undo.reverses_id = s.transfer_id
    LEFT JOIN exchange e ON e.community_id = s.community_id
      AND e.id = coalesce(s.exchange_id, old.exchange_id)
    LEFT JOIN member m ON m.community_id = s.community_id AND m.id = s.counterpart_id
    WHERE s.community_id = ${communityId}::uuid AND s.account_id = ${accountId}::uuid
      AND s.version < ${before ?? 2_147_483_647}
      AND s.created_at >= ${from ?? new Date(0)}::timestamptz
      AND s.created_at <= ${to ?? new Date("9999-01-01")}::timestamptz
      ${sign}
    ORDER BY s.version DESC
    LIMIT ${limit + 1}`;
  const shown = lines.slice(0, limit);
  return { lines: shown, next: lines.length > limit ? (shown.at(-1)?.version ?? null) : null };
}

/** The violations in the ledger of a community, or of all communities. */
export async function checkBooks(communityId?: string) {
  const [, violations] = await db.$transaction([
    // Checking a large installation takes longer than the timeout of a request.
    db.$executeRaw`SET LOCAL statement_timeout = 0`,
    db.$queryRaw<
      { communityId: string; violation: string; subject: string | null; detail: string }[]
    >`
      SELECT community_id AS "communityId", violation, subject, detail
      FROM check_books(${communityId ?? null}::uuid)`,
  ]);
  return violations;
}
