/**
 * The procedure ladder: open → signedIn → member → coordinator. Each rung adds what it proved
 * to the context; `member` alone makes a CommunityId.
 */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import type { CommunityId } from "../../domain/community/community";
import { DomainError } from "../../domain/kernel/errors";
import { slug } from "../../domain/kernel/input";
import type { Reader } from "../../domain/kernel/region";
import { readMembership } from "../membership/queries";
import type { Locale } from "../platform/i18n/messages";
import { logSecurity } from "../platform/log";
import { requireWithinRate } from "../platform/rate-limit";
import { failureOf, reasonOf, toTRPCError, userMessage } from "./errors";

/** A signed-in person and the session row that says so. */
export type Actor = {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  /** The interface's language that they chose. */
  language: string | null;
  /** Whether something of their credentials was revoked that they have not read about. */
  hasNotice?: boolean;
  /** How dates and times look to them. */
  reader?: Reader | undefined;
};

export type Context = {
  actor: Actor | null;
  locale: Locale;
  /** The network that the request came from, as far as it can be trusted. */
  address: string;
  /** The token of the device's cookie, by which it is known to have signed in before. */
  device?: string | undefined;
  now: Date;
  /**
   * Where a page, which calls several procedures and writes nothing, keeps who it found me to be;
   * by community. A request that may write asks anew for each procedure.
   */
  memberships?: Map<string, ReturnType<typeof readMembership>>;
};

export { userMessage };

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error, ctx }) => {
    const failure = failureOf(error, ctx?.locale ?? "en");
    return {
      ...shape,
      message: failure.sentence,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, ...failure },
    };
  },
});

/** What changes how somebody comes in, or who may. */
const AUDITED = new Set([
  "setup.claim",
  "person.signUp",
  "person.endSession",
  "person.endOtherSessions",

  "person.renewCalendar",
  "person.stopCalendar",
  "person.changePassword",
  "person.changeEmail",
  "person.confirmEmail",
  "community.join",
  "community.found",
  "community.update",
  "community.invite",
  "community.withdrawInvitation",
  "member.vouch",
]);

/** `next()` never throws in tRPC 11: a failure comes back as a value and is translated here. */
const translateErrors = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  const who = { what: path, userId: ctx.actor?.userId, address: ctx.address };
  if (result.ok) {
    if (AUDITED.has(path)) logSecurity({ event: "changed", ...who });
    return result;
  }
  logSecurity({ event: "refused", ...who, why: reasonOf(result.error) });
  const error = toTRPCError(result.error.cause ?? result.error);
  if (error instanceof TRPCError) {
    if (error.code === "SERVICE_UNAVAILABLE") console.error(`[${path}]`, result.error.message);
    throw error;
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    console.error(`[${path}]`, result.error.cause ?? result.error);
  throw result.error;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const base = t.procedure.use(translateErrors);

/** Anybody, signed in or not; writing is limited by address. */
export const publicProcedure = base.use(async ({ ctx, type, path, next }) => {
  if (type === "mutation") await requireWithinRate("openWrite", `${path}:${ctx.address}`);
  return next();
});

/** A person with a living session. */
export const authedProcedure = base.use(async ({ ctx, type, next }) => {
  if (!ctx.actor) throw new DomainError("signInFirst");
  if (type === "mutation") await requireWithinRate("write", ctx.actor.userId);
  return next({ ctx: { actor: ctx.actor } });
});

const addressed = z.looseObject({ community: slug });

/**
 * The active or paused member that somebody is in a community. Nothing else makes a CommunityId.
 * @param asked the community's slug
 * @throws DomainError notFound for everybody else, whether there is such a community or not
 */
export async function enterCommunity(ctx: Context & { actor: Actor }, asked: string) {
  const reading = ctx.memberships?.get(asked) ?? readMembership(asked, ctx.actor.userId);
  ctx.memberships?.set(asked, reading);
  const membership = await reading;
  if (!membership) throw new DomainError("notFound");
  const { community, me } = membership;
  return { community, communityId: community.id as CommunityId, me };
}

/** An active or paused member of the community that the input names; others find nothing. */
export const memberProcedure = authedProcedure.use(async ({ ctx, getRawInput, next }) => {
  const input = addressed.safeParse(await getRawInput());
  if (!input.success) throw new DomainError("notFound");
  return next({ ctx: await enterCommunity(ctx, input.data.community) });
});

/** A member who looks after the community. */
export const coordinatorProcedure = memberProcedure.use(async ({ ctx, next }) => {
  if (ctx.me.role !== "coordinator") throw new DomainError("notFound");
  return next();
});
