/**
 * Procedure builders by access level: public, authed, member, coordinator. Each level adds what it
 * verified to the context.
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
import { log } from "../platform/log";
import { requireWithinRate } from "../platform/rate-limit";
import { logSecurity } from "../platform/security-log";
import { failureOf, reasonOf, toTRPCError, userMessage } from "./errors";

/** A signed-in user and their session. */
export type Actor = {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  /** The chosen language of the interface. */
  language: string | null;
  /** Whether there are unread notices of revoked credentials. */
  hasNotice?: boolean;
  /** The settings that format dates and times. */
  reader?: Reader | undefined;
};

export type Context = {
  actor: Actor | null;
  locale: Locale;
  /** The client's network, from the socket or a trusted proxy. */
  address: string;
  /** The token of the device cookie, which identifies a known device. */
  device?: string | undefined;
  now: Date;
  /**
   * The memberships read so far, by slug. Only for pages, which call several procedures and write
   * nothing: a request that may write reads the membership again for each procedure.
   */
  memberships?: Map<string, ReturnType<typeof readMembership>>;
};

export { userMessage };

/** What a procedure declares about itself; trpc.test.ts checks all of them. */
export type Meta = {
  /** Logs each success: the procedure changes how a user signs in, who has access, or who runs a community. */
  audit?: true;
  /** The limit that a mutation counts in: by user, or (openWrite) by procedure and network address. */
  writeRate?: "write" | "photo" | "openWrite";
  /** The kind of read that a query counts as; a page when left out. */
  read?: "search";
};

const t = initTRPC
  .meta<Meta>()
  .context<Context>()
  .create({
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

/** `next()` never throws in tRPC 11: a failure comes back as a value and is translated here. */
const translateErrors = t.middleware(async ({ ctx, meta, next, path }) => {
  const result = await next();
  const who = { what: path, userId: ctx.actor?.userId, address: ctx.address };
  if (result.ok) {
    if (meta?.audit) logSecurity({ event: "changed", ...who });
    return result;
  }
  logSecurity({ event: "refused", ...who, why: reasonOf(result.error) });
  const error = toTRPCError(result.error.cause ?? result.error);
  if (error instanceof TRPCError) {
    if (error.code === "SERVICE_UNAVAILABLE") log.error(path, result.error.message);
    throw error;
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    log.error(path, result.error.cause ?? result.error);
  throw result.error;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const limitWrites = t.middleware(async ({ ctx, meta, next, path, type }) => {
  if (type === "mutation") {
    const rate = meta?.writeRate ?? "openWrite";
    const userId = rate === "openWrite" ? undefined : ctx.actor?.userId;
    await requireWithinRate(rate, userId ?? `${path}:${ctx.address}`);
  }
  return next();
});

const base = t.procedure.use(translateErrors);

/** Any caller, signed in or not. */
export const publicProcedure = base.meta({ writeRate: "openWrite" }).use(limitWrites);

/** A user with an active session. @throws DomainError signInFirst */
export const authedProcedure = base
  .meta({ writeRate: "write" })
  .use(({ ctx, next }) => {
    if (!ctx.actor) throw new DomainError("signInFirst");
    return next({ ctx: { actor: ctx.actor } });
  })
  .use(limitWrites);

const communityInput = z.looseObject({ community: slug });

/**
 * The user's community and membership, if active or paused. Only this function makes a CommunityId.
 * @throws DomainError notFound for everyone else, whether or not the community exists
 */
async function enterCommunity(ctx: Context & { actor: Actor }, slug: string) {
  const reading = ctx.memberships?.get(slug) ?? readMembership(slug, ctx.actor.userId);
  ctx.memberships?.set(slug, reading);
  const membership = await reading;
  if (!membership) throw new DomainError("notFound");
  const { community, me } = membership;
  return { community, communityId: community.id as CommunityId, me };
}

/** An active or paused member of the community in the input. @throws DomainError notFound */
export const memberProcedure = authedProcedure.use(async ({ ctx, getRawInput, next }) => {
  const input = communityInput.safeParse(await getRawInput());
  if (!input.success) throw new DomainError("notFound");
  return next({ ctx: await enterCommunity(ctx, input.data.community) });
});

/** A coordinator of the community in the input. @throws DomainError notFound */
export const coordinatorProcedure = memberProcedure.use(async ({ ctx, next }) => {
  if (ctx.me.role !== "coordinator") throw new DomainError("notFound");
  return next();
});
