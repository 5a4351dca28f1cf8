import { z } from "zod";
import { readAccount } from "../db/read/account";
import { readContact, readPerson } from "../db/read/members";
import { readNeighbours } from "../db/read/neighbours";
import { readStatement } from "../db/read/statement";
import { instantOf } from "../domain/calendar";
import { DomainError } from "../domain/errors";
import { date, id, inCommunity, version } from "../domain/input";
import { member, router } from "../trpc";

const filters = {
  direction: z.enum(["all", "in", "out"]).optional(),
  /** Local dates of the community; both days count. */
  from: date.optional(),
  to: date.optional(),
  /** The version of the last line that was shown. */
  before: version.optional(),
};

type Filters = { direction?: "all" | "in" | "out"; from?: string; to?: string; before?: number };

const PAGE = 50;

const statementOf = (communityId: string, accountId: string, timeZone: string, input: Filters) =>
  readStatement(communityId, accountId, {
    direction: input.direction ?? "all",
    from: input.from ? instantOf(input.from, "00:00", timeZone) : undefined,
    // The last moment of the day, so that both days count.
    to: input.to ? new Date(instantOf(input.to, "23:59", timeZone).getTime() + 59_999) : undefined,
    before: input.before,
    limit: PAGE,
  });

export const accountRouter = router({
  /** My balance, what is held, what I can still promise, what I gave and received. */
  mine: member.input(inCommunity({})).query(async ({ ctx }) => {
    const account = await readAccount(ctx.communityId, ctx.me.id);
    if (!account) throw new DomainError("notFound");
    return account;
  }),

  /** Whom I helped and who helped me, by name; for nobody else. */
  neighbours: member
    .input(inCommunity({}))
    .query(({ ctx }) => readNeighbours(ctx.communityId, ctx.me.id)),

  /** My statement, or for a coordinator anybody's; newest first. */
  statement: member
    .input(inCommunity({ memberId: id.optional(), ...filters }))
    .query(async ({ ctx, input }) => {
      const accountId = input.memberId ?? ctx.me.id;
      const isMine = accountId === ctx.me.id;
      const isThere =
        isMine ||
        (ctx.me.role === "coordinator" && (await readAccount(ctx.communityId, accountId)));
      if (!isThere) throw new DomainError("notFound");
      return statementOf(ctx.communityId, accountId, ctx.community.timeZone, input);
    }),

  /** Another member's account, for coordinators. */
  of: member.input(inCommunity({ memberId: id })).query(async ({ ctx, input }) => {
    if (ctx.me.role !== "coordinator") throw new DomainError("notFound");
    const person = await readPerson(ctx.communityId, input.memberId, { balance: true });
    const account = await readAccount(ctx.communityId, input.memberId);
    if (!person || !account) throw new DomainError("notFound");
    return { person, account, contact: await readContact(ctx.communityId, input.memberId) };
  }),

  /** The community fund: its books are open to every member. */
  fund: member.input(inCommunity(filters)).query(async ({ ctx, input }) => {
    const account = await readAccount(ctx.communityId, ctx.communityId);
    if (!account) throw new DomainError("notFound");
    const statement = await statementOf(
      ctx.communityId,
      ctx.communityId,
      ctx.community.timeZone,
      input,
    );
    return { account, statement };
  }),
});
