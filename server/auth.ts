/**
 * Who is asking. next-auth keeps the signed cookie; the cookie names a row of our Session table,
 * which is read on each request, so that an ended session opens nothing from that moment on.
 */
import { parse as parseCookie } from "cookie";
import { headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { getToken } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { cache } from "react";
import { z } from "zod";
import { DomainError } from "./domain/errors";
import { email, token as linkToken } from "./domain/input";
import { env } from "./env";
import { logSecurity } from "./log";
import { endSession, resumeSession, SESSION_DAYS, startSession } from "./services/session";
import { signInByIdentity, signInByLink, signInByPassword } from "./services/sign-in";
import type { Actor } from "./trpc";

/** Set by scripts/serve.ts from the socket and TRUST_PROXY; whatever a client sends is dropped. */
const ADDRESS_HEADER = "x-evenhour-address";

/** The network address that a request came from, as far as it can be trusted. */
export const clientAddress = (sent: Pick<Headers, "get">): string =>
  sent.get(ADDRESS_HEADER) ?? "unknown";

const passwordForm = z.object({ email, password: z.string().min(1).max(200) });
const linkForm = z.object({ token: linkToken });

/** `__Host-` binds the cookie to this very host; browsers allow it over https only. */
const isSecure = () => env().PUBLIC_URL.startsWith("https:");
const cookieName = () => (isSecure() ? "__Host-evenhour.session" : "evenhour.session");

const nothing = () => null;
/** A refusal shows as its code in the answer; anything unexpected is an error of the server. */
const refused =
  (what: string, address: string) =>
  (error: unknown): null => {
    if (!(error instanceof DomainError)) throw error;
    logSecurity({ event: "signInFailed", what, why: error.code, address });
    if (error.code === "wrongSignIn") return null;
    throw new Error(error.code);
  };

/** The options of next-auth; made at request time since they hold the secret. */
export function authOptions(): NextAuthOptions {
  const { AUTH_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
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
          if (!form.success) return nothing();
          const address = clientAddress(await headers());
          return signInByPassword(form.data.email, form.data.password, address).then(
            asUser,
            refused("password", address),
          );
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        async authorize(input) {
          const form = linkForm.safeParse(input);
          if (!form.success) return nothing();
          const address = clientAddress(await headers());
          return signInByLink(form.data.token, address, new Date()).then(
            asUser,
            refused("link", address),
          );
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user, account, profile }) {
        if (!user) return token;
        const now = new Date();
        const userId =
          account?.provider === "oidc"
            ? await signInByIdentity(
                {
                  issuer: OIDC_ISSUER ?? "",
                  subject: account.providerAccountId,
                  email: user.email ?? undefined,
                  emailVerified: verified(profile),
                  name: user.name ?? undefined,
                },
                now,
              )
            : user.id;
        const sent = await headers();
        const userAgent = sent.get("user-agent") ?? "";
        const what = account?.provider ?? "";
        logSecurity({ event: "signedIn", what, userId, address: clientAddress(sent) });
        // Nothing of the person is in the cookie but the number of the row.
        return { sid: await startSession(userId, userAgent, now) };
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
  if (OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET) {
    options.providers.push({
      id: "oidc",
      name: OIDC_NAME ?? "OpenID Connect",
      type: "oauth",
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      authorization: { params: { scope: "openid email profile" } },
      profile: (claims: { sub: string; name?: string; email?: string }) => ({
        id: claims.sub,
        name: claims.name ?? null,
        email: claims.email ?? null,
      }),
    });
  }
  return options;
}

const asUser = (id: string) => ({ id });

const verified = (profile: unknown): boolean =>
  z.object({ email_verified: z.literal(true) }).safeParse(profile).success;

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
export const otherWaysIn = () => {
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
  const answer: Response = await NextAuth(request, { params }, authOptions());
  // What the browser kept of the pages goes with the session; "back" shows nothing of them.
  if (step === "signout" && request.method === "POST") {
    answer.headers.set("Clear-Site-Data", '"cache"');
  }
  return answer;
}
