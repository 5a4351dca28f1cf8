import { z } from "zod";
import { endOfDay, instantOf, localOf } from "../../../domain/kernel/calendar";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity } from "../../../domain/kernel/input";
import { seesStatement } from "../../../domain/ledger/access";
import { type StatementFilters, statementShape } from "../../../domain/ledger/schema";
import { monthStart, monthsOf, withEmptyMonths } from "../../../domain/ledger/year";
import { readAccount, readKindsOf } from "../../ledger/account";
import { readNeighbours } from "../../ledger/neighbours";
import { readStatement } from "../../ledger/statement";
import { readKinds, readMonths } from "../../ledger/year";
import { readContact, readMemberName, readPerson } from "../../member/queries";
import { coordinatorProcedure, memberProcedure, router } from "../trpc";

const PAGE_LINES = 20;
/** Lines of a printed or exported statement: some twenty years of a busy member. */
const MAX_LINES = 5000;

const statementOf = (
  communityId: string,
  accountId: string,
  timeZone: string,
  input: StatementFilters,
  limit = PAGE_LINES,
) =>
  readStatement(communityId, accountId, {
    direction: input.direction,
    from: input.from ? instantOf(input.from, "00:00", timeZone) : undefined,
    to: input.to ? endOfDay(input.to, timeZone) : undefined,
    before: input.before,
    limit,
  });

type Caller = { communityId: string; me: Parameters<typeof seesStatement>[0] };

/** The account whose statement the caller reads; their own by default. @throws DomainError notFound */
async function accountOf({ communityId, me }: Caller, memberId = me.id) {
  if (!seesStatement(me, memberId)) throw new DomainError("notFound");
  if (memberId !== me.id && !(await readAccount(communityId, memberId)))
    throw new DomainError("notFound");
  return memberId;
}

export const accountRouter = router({
  /** My account: balance, held minutes, minutes I can still promise, totals. */
  mine: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const account = await readAccount(ctx.communityId, ctx.me.id);
    if (!account) throw new DomainError("notFound");
    return account;
  }),

  /** The members I helped and who helped me; only for me. */
  neighbours: memberProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNeighbours(ctx.communityId, ctx.me.id)),

  /** My statement, or for a coordinator any member's; newest first. */
  statement: memberProcedure
    .input(inCommunity({ memberId: z.optional(id), ...statementShape }))
    .query(async ({ ctx, input }) => {
      const accountId = await accountOf(ctx, input.memberId);
      return statementOf(ctx.communityId, accountId, ctx.community.timeZone, input);
    }),

  /**
   * The statement to print or export, oldest line first; `isCut` when there are older lines, which
   * `before` returns.
   */
  wholeStatement: memberProcedure
    .input(inCommunity({ memberId: z.optional(id), ...statementShape }))
    .query(async ({ ctx, input }) => {
      const accountId = await accountOf(ctx, input.memberId);
      const holder = await readMemberName(ctx.communityId, accountId);
      // The fund has its own statement.
      if (!holder) throw new DomainError("notFound");
      const { timeZone } = ctx.community;
      const { lines, next } = await statementOf(
        ctx.communityId,
        accountId,
        timeZone,
        input,
        MAX_LINES,
      );
      return { holder, lines: lines.reverse(), isCut: next !== null };
    }),

  /** A calendar year (the last twelve months when left out), by month and by category. */
  year: memberProcedure
    .input(inCommunity({ memberId: z.optional(id), year: z.int().min(1900).max(9000).optional() }))
    .query(async ({ ctx, input }) => {
      const accountId = await accountOf(ctx, input.memberId);
      const holder = await readMemberName(ctx.communityId, accountId);
      if (!holder) throw new DomainError("notFound");
      const { timeZone } = ctx.community;
      const yearOf = (at: Date) => Number(localOf(at, timeZone).date.slice(0, 4));
      const months = monthsOf(input.year, timeZone, ctx.now);
      const [first, last] = [months[0], months.at(-1)];
      if (!first || !last) throw new DomainError("notFound");
      const window = {
        from: monthStart(first, timeZone),
        to: monthStart(last, timeZone, 1),
        timeZone,
      };
      const [moved, kinds] = await Promise.all([
        readMonths(ctx.communityId, accountId, window),
        readKinds(ctx.communityId, accountId, window),
      ]);
      const present = yearOf(ctx.now);
      const since = Math.max(yearOf(holder.joinedAt), present - 19);
      return {
        ...kinds,
        months: withEmptyMonths(months, moved.months, moved.opening),
        /** The calendar years that can be requested, latest first. */
        years: Array.from({ length: Math.max(0, present - since + 1) }, (_, ago) => present - ago),
      };
    }),

  /** Another member's account, for coordinators. */
  of: coordinatorProcedure.input(inCommunity({ memberId: id })).query(async ({ ctx, input }) => {
    const person = await readPerson(ctx.communityId, input.memberId, { balance: true });
    const account = await readAccount(ctx.communityId, input.memberId);
    if (!person || !account) throw new DomainError("notFound");
    return { person, account, contact: await readContact(ctx.communityId, input.memberId) };
  }),

  /** The community fund, which every member may see. */
  fund: memberProcedure.input(inCommunity(statementShape)).query(async ({ ctx, input }) => {
    const account = await readAccount(ctx.communityId, ctx.communityId);
    if (!account) throw new DomainError("notFound");
    const statement = await statementOf(
      ctx.communityId,
      ctx.communityId,
      ctx.community.timeZone,
      input,
    );
    const kinds = await readKindsOf(ctx.communityId, ctx.communityId);
    return { account, kinds, statement };
  }),
});
