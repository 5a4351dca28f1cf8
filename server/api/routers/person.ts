import { z } from "zod";
import { personName } from "@/domain/member/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { email, id, language, password, readerShape, token } from "../../../domain/kernel/input";
import { renewCalendar, stopCalendar } from "../../calendar/commands";
import { readCalendarFeed } from "../../calendar/queries";
import {
  changeEmail,
  confirmEmail,
  readNewEmail,
  showEmailChange,
} from "../../identity/change-email";
import { changePassword } from "../../identity/change-password";
import { chooseDates } from "../../identity/choose-dates";
import { chooseLanguage } from "../../identity/choose-language";
import { dismissRevocations } from "../../identity/dismiss-revocations";
import { readMailbox, readRevocations, readSessions, readSignIn } from "../../identity/queries";
import { requestSignInLink } from "../../identity/request-sign-in-link";
import { endOtherSessions, endSession } from "../../identity/session";
import { signUp } from "../../identity/sign-up";
import { readMyCommunities } from "../../membership/queries";
import { readableMail } from "../../platform/mail/post-mail";
import { authedProcedure, publicProcedure, router } from "../trpc";

/** One's own sign-in: global, in no community. */
export const personRouter = router({
  /** Opens a sign-in; answers the same whether or not the address is known. */
  signUp: publicProcedure
    .meta({ audit: true })
    .input(z.strictObject({ name: personName, email, password }))
    .mutation(({ ctx, input }) => signUp(input, ctx.now)),

  /** Sends a sign-in link; answers the same whether or not the address is known. */
  requestLink: publicProcedure
    .input(z.strictObject({ email }))
    .mutation(({ ctx, input }) => requestSignInLink(input.email, ctx, ctx.now)),

  /** Who I am and where I take part; null for a stranger. */
  me: publicProcedure.query(async ({ ctx }) => {
    if (!ctx.actor) return null;
    const { name, email: address, userId, sessionId, reader } = ctx.actor;
    const communities = await readMyCommunities(userId, ctx.locale);
    const dates = { clock: reader?.clock ?? null, firstDay: reader?.firstDay ?? null };
    const signIn = await readSignIn(userId, ctx.now);
    return {
      name,
      email: address,
      sessionId,
      communities,
      dates,
      ...signIn,
      newEmailBy: showEmailChange(),
    };
  }),

  /** Every mail that would have been sent; in the demo only, where nobody is real. */
  mailbox: publicProcedure.query(async () => {
    const mails = await readMailbox();
    if (!mails) throw new DomainError("notFound");
    return mails.flatMap((mail) => {
      const { id, recipient, subject, text, createdAt } = readableMail(mail) ?? mail;
      return { id, recipient, subject, text, createdAt };
    });
  }),

  /** My signed-in devices. */
  sessions: authedProcedure.query(async ({ ctx }) => {
    const sessions = await readSessions(ctx.actor.userId, ctx.now);
    return sessions.map((session) => ({ ...session, isThis: session.id === ctx.actor.sessionId }));
  }),

  endSession: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) =>
      endSession(ctx.actor.userId, input.id, ctx.now, input.id !== ctx.actor.sessionId),
    ),

  /** What was revoked of my credentials and why, until I have read it. */
  revocations: authedProcedure.query(({ ctx }) => readRevocations(ctx.actor.userId)),
  dismissRevocations: authedProcedure.mutation(({ ctx }) =>
    dismissRevocations(ctx.actor.userId, ctx.now),
  ),

  endOtherSessions: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => endOtherSessions(ctx.actor, ctx.locale, ctx.now)),

  /** Keeps the language that I chose, for pages on other devices and for mails. */
  speak: authedProcedure
    .input(z.strictObject({ language }))
    .mutation(({ ctx, input }) => chooseLanguage(ctx.actor.userId, input.language)),

  /** Saves which clock I read and on which day my weeks begin. */
  chooseDates: authedProcedure
    .input(z.strictObject(readerShape))
    .mutation(({ ctx, input }) => chooseDates(ctx.actor.userId, input)),

  /** Since when there is a private address of my calendar; null for none. */
  calendar: authedProcedure.query(({ ctx }) => readCalendarFeed(ctx.actor.userId)),
  /** Makes the address of my calendar anew; the token is told this once. */
  renewCalendar: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => renewCalendar(ctx.actor, ctx.now)),
  stopCalendar: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => stopCalendar(ctx.actor.userId)),

  changePassword: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ current: z.string().max(200), password }))
    .mutation(({ ctx, input }) => changePassword(ctx.actor, input, ctx.locale, ctx.now)),

  /** Asks for another address of e-mail; tells where a letter with a link goes first. */
  changeEmail: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ current: z.string().max(200), email, again: email.optional() }))
    .mutation(({ ctx, input }) => changeEmail(ctx.actor, input, ctx.locale, ctx.now)),

  /** The address that a link of mine is about. */
  newEmail: authedProcedure
    .input(z.strictObject({ token }))
    .query(({ ctx, input }) => readNewEmail(ctx.actor.userId, input.token, ctx.now)),

  /** Takes the address to which the link was sent. */
  confirmEmail: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ token }))
    .mutation(({ ctx, input }) => confirmEmail(ctx.actor, input.token, ctx.locale, ctx.now)),
});
