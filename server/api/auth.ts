/**
 * Who is asking. next-auth keeps the signed cookie; the cookie names a row of our Session table,
 * which is read on each request, so that an ended session opens nothing from that moment on.
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
import { logSecurity } from "../platform/log";
import { newToken } from "../platform/tokens";
import { answerTo } from "./errors";
import type { Actor } from "./trpc";

/** Set by scripts/serve.ts from the socket and TRUST_PROXY; whatever a client sends is dropped. */
const ADDRESS_HEADER = "x-evenhour-address";

/** The network that a request came from, as far as it can be trusted: for rates and the log. */
export const clientAddress = (sent: Pick<Headers, "get">): string =>
  networkOf(sent.get(ADDRESS_HEADER) ?? "unknown");

const passwordForm = z.object({ email, password: z.string().min(1).max(200) });
const linkForm = z.object({ token: linkToken });

/** `__Host-` binds the cookie to this very host; browsers allow it over https only. */
const isSecure = () => env().PUBLIC_URL.startsWith("https:");
const cookieName = () => (isSecure() ? "__Host-evenhour.session" : "evenhour.session");

/** Known from its last sign-in on; its hash is stored for each user who signed in on the device. */
const deviceCookieName = () => (isSecure() ? "__Host-evenhour.device" : "evenhour.device");

/** The token of the device's cookie, if it has one that could be ours. */
export function deviceToken(sent: Pick<Headers, "get">): string | undefined {
  const token = parseCookie(sent.get("cookie") ?? "")[deviceCookieName()];
  return linkToken.safeParse(token).data;
}

/** One request to next-auth: what it sent, and whether it opened a session. */
export type SignInRequest = {
  sent: Pick<Headers, "get">;
  /** The device's token: of its cookie, else a new one. */
  device: string;
  isSignedIn: boolean;
};

export const signInRequest = (sent: Pick<Headers, "get">): SignInRequest => ({
  sent,
  device: deviceToken(sent) ?? newToken(),
  isSignedIn: false,
});

/** The cookie by which the device is known from now on. */
const deviceCookie = (token: string): string =>
  serializeCookie(deviceCookieName(), token, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: DEVICE_DAYS * 86_400,
  });

/** An OpenID Connect provider, and how it knows us. */
type Provider = { issuer: string; clientId: string; clientSecret: string; name: string };

/** The provider that the environment names; null for none. */
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

/** The options of next-auth for one request; made at request time since they hold the secret. */
export function authOptions(
  request: SignInRequest,
  provider = configuredProvider(),
): NextAuthOptions {
  const { AUTH_SECRET } = env();
  const { sent } = request;
  const address = clientAddress(sent);
  const visitor = { address, device: deviceToken(sent) };
  const locale = localeFor(sent, undefined);

  /** Opens the session in the same breath: what was verified must still stand then. */
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
  /** A refusal shows as its code in the answer's address, where nothing else of a failure belongs. */
  const refused = (error: unknown): null => {
    const { reason } = answerTo(error, locale).failure;
    if (reason === "wrongSignIn") return null;
    if (!(error instanceof DomainError)) console.error("[sign-in]", error);
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
        // Nothing of the person is in the cookie but the number of the row.
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
        // Without an id next-auth would lead back to the page without a word; this one is refused.
        return { id: sub || NO_SUBJECT, name, email };
      },
    });
  }
  return options;
}

const textClaim = z.string().nullable().catch(null);
/** Whatever kind of value a provider sends, only text is looked at. */
const textClaims = z.object({ sub: textClaim, name: textClaim, email: textClaim });
const NO_SUBJECT = " ";

/** Some providers send the flag as text (Sign in with Apple, Amazon Cognito). */
const isEmailVerified = (profile: unknown): boolean =>
  z.object({ email_verified: z.literal([true, "true"]) }).safeParse(profile).success;

/** The person whose living session a request names in its cookie; null for a stranger. */
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

/** The person who asked for this page; read once, whoever on the page wants to know. */
export const getActor = cache(async () => actorOf(await headers()));

/** Ways in besides the password, for the sign-in page. */
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
  // An address bar sends GET; next-auth calls that an error of the server.
  const [step, way] = params.nextauth;
  const isForm = step === "callback" && (way === "password" || way === "link");
  if (isForm && request.method !== "POST") {
    return new Response(null, { status: 303, headers: { Location: "/sign-in" } });
  }
  const asked = signInRequest(request.headers);
  const answer: Response = await NextAuth(request, { params }, authOptions(asked));
  if (asked.isSignedIn) answer.headers.append("Set-Cookie", deviceCookie(asked.device));
  // What the browser kept of the pages goes with the session; "back" shows nothing of them.
  if (step === "signout" && request.method === "POST") {
    answer.headers.set("Clear-Site-Data", '"cache"');
  }
  return answer;
}
