import { z } from "zod";
import {
  emailChangeShape,
  emailShape,
  languageShape,
  passwordChangeShape,
  signUpShape,
} from "../../../domain/identity/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { id, readerShape, token } from "../../../domain/kernel/input";
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

/** The user's own sign-in, independent of communities. */
export const personRouter = router({
  /** Creates a user; answers the same whether or not the address is known. */
  signUp: publicProcedure
    .meta({ audit: true })
    .input(z.strictObject(signUpShape))
    .mutation(({ ctx, input }) => signUp(input, ctx.now)),

  /** Sends a sign-in link; answers the same whether or not the address is known. */
  requestLink: publicProcedure
    .input(z.strictObject(emailShape))
    .mutation(({ ctx, input }) => requestSignInLink(input.email, ctx, ctx.now)),

  /** The user and their communities; null when not signed in. */
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

  /** All e-mails that would have been sent; only in the demo, where no user is real. */
  mailbox: publicProcedure.query(async () => {
    const mails = await readMailbox();
    if (!mails) throw new DomainError("notFound");
    return mails.flatMap((mail) => {
      const { id, recipient, subject, text, createdAt } = readableMail(mail) ?? mail;
      return { id, recipient, subject, text, createdAt };
    });
  }),

  /** My active sessions. */
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

  /** The unread notices of revoked credentials, with causes. */
  revocations: authedProcedure.query(({ ctx }) => readRevocations(ctx.actor.userId)),
  dismissRevocations: authedProcedure.mutation(({ ctx }) =>
    dismissRevocations(ctx.actor.userId, ctx.now),
  ),

  endOtherSessions: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => endOtherSessions(ctx.actor, ctx.locale, ctx.now)),

  /** Saves my language, for pages on other devices and for e-mails. */
  setLanguage: authedProcedure
    .input(z.strictObject(languageShape))
    .mutation(({ ctx, input }) => chooseLanguage(ctx.actor.userId, input.language)),

  /** Saves my clock format and my first day of the week. */
  chooseDates: authedProcedure
    .input(z.strictObject(readerShape))
    .mutation(({ ctx, input }) => chooseDates(ctx.actor.userId, input)),

  /** When my calendar's private URL was made; null without one. */
  calendar: authedProcedure.query(({ ctx }) => readCalendarFeed(ctx.actor.userId)),
  /** Replaces my calendar's private URL; the token is returned only this once. */
  renewCalendar: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => renewCalendar(ctx.actor, ctx.now)),
  stopCalendar: authedProcedure
    .meta({ audit: true })
    .mutation(({ ctx }) => stopCalendar(ctx.actor.userId)),

  changePassword: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject(passwordChangeShape))
    .mutation(({ ctx, input }) => changePassword(ctx.actor, input, ctx.locale, ctx.now)),

  /** Requests a change of e-mail address; returns the address that gets the confirmation link. */
  changeEmail: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject(emailChangeShape))
    .mutation(({ ctx, input }) => changeEmail(ctx.actor, input, ctx.locale, ctx.now)),

  /** The new address that my confirmation link is for. */
  newEmail: authedProcedure
    .input(z.strictObject({ token }))
    .query(({ ctx, input }) => readNewEmail(ctx.actor.userId, input.token, ctx.now)),

  /** Changes my address to the one that the link was sent to. */
  confirmEmail: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ token }))
    .mutation(({ ctx, input }) => confirmEmail(ctx.actor, input.token, ctx.locale, ctx.now)),
});
