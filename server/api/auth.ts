/**
 * Authentication of requests. next-auth signs the cookie, which holds the id of a row in our
 * Session table. The row is read on each request, so that an ended session stops working at once.
 */
import { parse as parseCookie, serialize as serializeCookie } from "cookie";
import { headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { getToken } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { cache } from "react";
import { z } from "zod";
import { networkOf } from "../../domain/identity/network";
import { DomainError } from "../../domain/kernel/errors";
import { email, token as linkToken } from "../../domain/kernel/input";
import { DEVICE_DAYS } from "../identity/known-device";
import {
  endSession,
  resumeSession,
  SESSION_DAYS,
  startSession,
  type Verified,
} from "../identity/session";
import { signInByIdentity, signInByLink, signInByPassword } from "../identity/sign-in";
import { env } from "../platform/env";
import { localeFor } from "../platform/i18n/locale";
import { messagesOf } from "../platform/i18n/messages";
import { log } from "../platform/log";
import { logSecurity } from "../platform/security-log";
import { newToken } from "../platform/tokens";
import { answerTo } from "./errors";
import type { Actor } from "./trpc";

/** Set by server/api/http/server.ts from the socket and TRUST_PROXY; a client's own is dropped. */
const ADDRESS_HEADER = "x-evenhour-address";

/** The client's network, for rate limits and the log; "unknown" without the server in front. */
export const clientAddress = (sent: Pick<Headers, "get">): string =>
  networkOf(sent.get(ADDRESS_HEADER) ?? "unknown");

const passwordForm = z.object({ email, password: z.string().min(1).max(200) });
const linkForm = z.object({ token: linkToken });

/** `__Host-` binds the cookie to this host; browsers allow the prefix over https only. */
const isSecure = () => env().PUBLIC_URL.startsWith("https:");
const cookieName = () => (isSecure() ? "__Host-evenhour.session" : "evenhour.session");

/** The device cookie; its hash is stored for each user who signed in on the device. */
const deviceCookieName = () => (isSecure() ? "__Host-evenhour.device" : "evenhour.device");

/** The token of the device cookie; undefined when it is missing or malformed. */
export function deviceToken(sent: Pick<Headers, "get">): string | undefined {
  const token = parseCookie(sent.get("cookie") ?? "")[deviceCookieName()];
  return linkToken.safeParse(token).data;
}

/** A request to next-auth: its headers, and whether it opened a session. */
export type SignInRequest = {
  sent: Pick<Headers, "get">;
  /** The token of the device cookie, or a new one. */
  device: string;
  isSignedIn: boolean;
};

export const signInRequest = (sent: Pick<Headers, "get">): SignInRequest => ({
  sent,
  device: deviceToken(sent) ?? newToken(),
  isSignedIn: false,
});

/** The Set-Cookie header that makes the device known. */
const deviceCookie = (token: string): string =>
  serializeCookie(deviceCookieName(), token, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: DEVICE_DAYS * 86_400,
  });

/** An OpenID Connect provider and our client credentials there. */
type Provider = { issuer: string; clientId: string; clientSecret: string; name: string };

/** The provider that the environment configures; null for none. */
function configuredProvider(): Provider | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    name: OIDC_NAME ?? "OpenID Connect",
  };
}

/** The options of next-auth for one request, made at request time since they hold the secret. */
export function authOptions(
  request: SignInRequest,
  provider = configuredProvider(),
): NextAuthOptions {
  const { AUTH_SECRET } = env();
  const { sent } = request;
  const address = clientAddress(sent);
  const visitor = { address, device: deviceToken(sent) };
  const locale = localeFor(sent, undefined);

  /** Opens the session immediately: the verified credential must still be valid then. */
  async function enter(what: string, verifying: Promise<Verified>): Promise<{ id: string }> {
    try {
      const verified = await verifying;
      const userAgent = sent.get("user-agent") ?? "";
      const id = await startSession(verified, userAgent, new Date(), request.device);
      request.isSignedIn = true;
      logSecurity({ event: "signedIn", what, userId: verified.userId, address });
      return { id };
    } catch (error) {
      if (error instanceof DomainError) {
        logSecurity({ event: "signInFailed", what, why: error.code, address });
      }
      throw error;
    }
  }
  /** next-auth puts the thrown message into the redirect's URL, so only the error code goes there. */
  const refused = (error: unknown): null => {
    const { reason } = answerTo(error, locale).failure;
    if (reason === "wrongSignIn") return null;
    if (!(error instanceof DomainError)) log.error("sign-in", error);
    throw new Error(reason);
  };

  const options: NextAuthOptions = {
    secret: AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", newUser: "/communities" },
    cookies: {
      sessionToken: {
        name: cookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() },
      },
    },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        async authorize(input) {
          const form = passwordForm.safeParse(input);
          if (!form.success) return null;
          const { email, password } = form.data;
          return enter("password", signInByPassword(email, password, visitor)).catch(refused);
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        async authorize(input) {
          const form = linkForm.safeParse(input);
          if (!form.success) return null;
          const verifying = signInByLink(form.data.token, visitor, locale, new Date());
          return enter("link", verifying).catch(refused);
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user, account, profile }) {
        if (!user) return token;
        // The cookie holds only the session id.
        if (account?.provider !== "oidc") return { sid: user.id };
        const identity = {
          issuer: provider?.issuer ?? "",
          subject: account.providerAccountId,
          email: user.email ?? undefined,
          emailVerified: isEmailVerified(profile),
          name: user.name ?? undefined,
        };
        const fallback = messagesOf(locale).auth.newNeighbour;
        const verifying = signInByIdentity(identity, { locale, fallback }, new Date());
        return { sid: (await enter("oidc", verifying)).id };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const sessionId = token?.sid;
        if (typeof sessionId !== "string") return;
        const person = await resumeSession(sessionId, new Date());
        if (!person) return;
        await endSession(person.userId, sessionId, new Date());
        logSecurity({ event: "signedOut", what: "session", userId: person.userId });
      },
    },
  };
  if (provider) {
    options.providers.push({
      id: "oidc",
      name: provider.name,
      type: "oauth",
      wellKnown: `${provider.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: provider.clientId,
      clientSecret: provider.clientSecret,
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      authorization: { params: { scope: "openid email profile" } },
      profile: (claims: unknown) => {
        const { sub, name, email } = textClaims.parse(claims);
        // Without an id next-auth would redirect without an error; NO_SUBJECT is refused.
        return { id: sub || NO_SUBJECT, name, email };
      },
    });
  }
  return options;
}

const textClaim = z.string().nullable().catch(null);
/** Claims that are no strings are ignored. */
const textClaims = z.object({ sub: textClaim, name: textClaim, email: textClaim });
const NO_SUBJECT = " ";

/** Some providers send the flag as text (Sign in with Apple, Amazon Cognito). */
const isEmailVerified = (profile: unknown): boolean =>
  z.object({ email_verified: z.literal([true, "true"]) }).safeParse(profile).success;

/** The user of the active session in the request's cookie; null without one. */
export async function actorOf(sent: Pick<Headers, "get">): Promise<Actor | null> {
  const token = await getToken({
    // getToken reads cookies and headers only.
    req: {
      cookies: parseCookie(sent.get("cookie") ?? ""),
      headers: {},
    } as unknown as Parameters<typeof getToken>[0]["req"],
    secret: env().AUTH_SECRET,
    cookieName: cookieName(),
    secureCookie: isSecure(),
  });
  if (typeof token?.sid !== "string") return null;
  return resumeSession(token.sid, new Date());
}

/** The user who requested this page; read once per request. */
export const getActor = cache(async () => actorOf(await headers()));

/** Sign-in methods besides the password. */
export const signInMethods = () => {
  const { SMTP_URL, OIDC_ISSUER, OIDC_NAME, EVENHOUR_DEMO } = env();
  return {
    link: Boolean(SMTP_URL) || EVENHOUR_DEMO,
    oidc: OIDC_ISSUER ? (OIDC_NAME ?? "OpenID Connect") : null,
  };
};

/** Answers /api/auth. */
export async function handleSignIn(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const params = await context.params;
  // A GET from the address bar would be a server error in next-auth.
  const [step, way] = params.nextauth;
  const isForm = step === "callback" && (way === "password" || way === "link");
  if (isForm && request.method !== "POST") {
    return new Response(null, { status: 303, headers: { Location: "/sign-in" } });
  }
  const signIn = signInRequest(request.headers);
  const answer: Response = await NextAuth(request, { params }, authOptions(signIn));
  if (signIn.isSignedIn) answer.headers.append("Set-Cookie", deviceCookie(signIn.device));
  // Clears the browser's cache with the session, so that "back" shows no page of it.
  if (step === "signout" && request.method === "POST") {
    answer.headers.set("Clear-Site-Data", '"cache"');
  }
  return answer;
}
