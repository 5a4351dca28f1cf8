import { z } from "zod";
import { endOfDay, instantOf, localOf } from "../../../domain/kernel/calendar";
import { DomainError } from "../../../domain/kernel/errors";
import { date, id, inCommunity, version } from "../../../domain/kernel/input";
import { monthStart, monthsOf, withEmptyMonths } from "../../../domain/ledger/year";
import { readAccount, readKindsOf } from "../../ledger/account";
import { readNeighbours } from "../../ledger/neighbours";
import { readStatement } from "../../ledger/statement";
import { readKinds, readMonths } from "../../ledger/year";
import { readContact, readMemberName, readPerson } from "../../member/queries";
import { memberProcedure, router } from "../trpc";

const filters = {
  direction: z.enum(["all", "in", "out"]).optional(),
  /** Local dates of the community; both days count. */
  from: date.optional(),
  to: date.optional(),
  /** The version of the oldest line that was shown. */
  before: version.optional(),
};

type Filters = { direction?: "all" | "in" | "out"; from?: string; to?: string; before?: number };

const PAGE = 20;
/** Lines on paper, or of a file at a time: some twenty years of a busy member. */
const WHOLE = 5000;

const statementOf = (
  communityId: string,
  accountId: string,
  timeZone: string,
  input: Filters,
  limit = PAGE,
) =>
  readStatement(communityId, accountId, {
    direction: input.direction ?? "all",
    from: input.from ? instantOf(input.from, "00:00", timeZone) : undefined,
    // So that both days count.
    to: input.to ? endOfDay(input.to, timeZone) : undefined,
    before: input.before,
    limit,
  });

type Asking = { communityId: string; me: { id: string; role: string } };

/** Whose books are asked for: my own, or for a coordinator anybody's. @throws DomainError notFound */
async function accountOf({ communityId, me }: Asking, memberId: string | undefined) {
  const accountId = memberId ?? me.id;
  const isThere =
    accountId === me.id ||
    (me.role === "coordinator" && (await readAccount(communityId, accountId)));
  if (!isThere) throw new DomainError("notFound");
  return accountId;
}

export const accountRouter = router({
  /** My balance, what is held, what I can still promise, what I gave and received. */
  mine: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const account = await readAccount(ctx.communityId, ctx.me.id);
    if (!account) throw new DomainError("notFound");
    return account;
  }),

  /** Whom I helped and who helped me, by name; for nobody else. */
  neighbours: memberProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNeighbours(ctx.communityId, ctx.me.id)),

  /** My statement, or for a coordinator anybody's; newest first. */
  statement: memberProcedure
    .input(inCommunity({ memberId: id.optional(), ...filters }))
    .query(async ({ ctx, input }) => {
      const accountId = await accountOf(ctx, input.memberId);
      return statementOf(ctx.communityId, accountId, ctx.community.timeZone, input);
    }),

  /**
   * The same from the first line to the last, for paper and files; `isCut` says that there are
   * older lines, which come with `before`.
   */
  wholeStatement: memberProcedure
    .input(inCommunity({ memberId: id.optional(), ...filters }))
    .query(async ({ ctx, input }) => {
      const accountId = await accountOf(ctx, input.memberId);
      const holder = await readMemberName(ctx.communityId, accountId);
      // The fund's statement has a page of its own.
      if (!holder) throw new DomainError("notFound");
      const { timeZone } = ctx.community;
      const { lines, next } = await statementOf(ctx.communityId, accountId, timeZone, input, WHOLE);
      return { holder, lines: lines.reverse(), isCut: next !== null };
    }),

  /** A calendar year, or without one the last twelve months, by month and by kind of help. */
  year: memberProcedure
    .input(inCommunity({ memberId: id.optional(), year: z.int().min(1900).max(9000).optional() }))
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
      const [found, kinds] = await Promise.all([
        readMonths(ctx.communityId, accountId, window),
        readKinds(ctx.communityId, accountId, window),
      ]);
      const present = yearOf(ctx.now);
      const since = Math.max(yearOf(holder.joinedAt), present - 19);
      return {
        ...kinds,
        months: withEmptyMonths(months, found.months, found.opening),
        /** The calendar years that can be asked for, the latest first. */
        years: Array.from({ length: Math.max(0, present - since + 1) }, (_, ago) => present - ago),
      };
    }),

  /** Another member's account, for coordinators. */
  of: memberProcedure.input(inCommunity({ memberId: id })).query(async ({ ctx, input }) => {
    if (ctx.me.role !== "coordinator") throw new DomainError("notFound");
    const person = await readPerson(ctx.communityId, input.memberId, { balance: true });
    const account = await readAccount(ctx.communityId, input.memberId);
    if (!person || !account) throw new DomainError("notFound");
    return { person, account, contact: await readContact(ctx.communityId, input.memberId) };
  }),

  /** The community fund: its books are open to every member. */
  fund: memberProcedure.input(inCommunity(filters)).query(async ({ ctx, input }) => {
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
