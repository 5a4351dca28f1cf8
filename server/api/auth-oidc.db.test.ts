/** Sign-in by a real OpenID Connect provider, with hostile and unusual claims. */
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { parse as parseCookie } from "cookie";
import NextAuth from "next-auth";
import { decode } from "next-auth/jwt";
import Provider from "oidc-provider";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "../platform/db/client";
import { env } from "../platform/env";
import { authOptions, signInRequest } from "./auth";

type Claims = Record<string, unknown>;
type Address = { url: string; server: Server };

/** The provider's claims by account. */
const accounts = new Map<string, Claims>();
/** The account of the next sign-in at the provider. */
let visiting = "";
let product: Address;
let provider: Address;
/** Another provider, with the same subjects. */
let otherProvider: Address;
/** The one that the product uses. */
let chosen: Address;

/** Signs the id tokens of both, and whatever a test puts in their place. */
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const strangersKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...keys.privateKey.export({ format: "jwk" }), kid: "test", use: "sig", alg: "RS256" };
/** Replaces the next id token's claims and signature; null leaves it unchanged. */
let spoilToken: ((claims: Claims) => string) | null = null;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = (claims: Claims, key = keys.privateKey, header: object = {}) => {
  const body = `${part({ alg: "RS256", kid: "test", ...header })}.${part(claims)}`;
  return `${body}.${sign("RSA-SHA256", Buffer.from(body), key).toString("base64url")}`;
};

/** Lets a test replace the id token before the provider's answer goes out. */
function spoiling(response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = ((body?: unknown, ...rest: []) => {
    if (!spoilToken || !body) return end(body as string, ...rest);
    const answer = JSON.parse(String(body)) as { id_token?: string };
    const claims = answer.id_token?.split(".")[1];
    if (!claims) return end(body as string, ...rest);
    answer.id_token = spoilToken(JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims);
    const changed = JSON.stringify(answer);
    response.setHeader("Content-Length", Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Address> {
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

/** Answers /api/auth with our options, by next-auth's handler for Node's own requests. */
async function answerAuth(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", product.url);
  const sent = new Headers({ cookie: request.headers.cookie ?? "" });
  let body = "";
  for await (const chunk of request) body += chunk;
  const asked = Object.assign(request, {
    query: {
      ...Object.fromEntries(url.searchParams),
      nextauth: url.pathname.split("/").slice(3),
    },
    cookies: parseCookie(request.headers.cookie ?? ""),
    body: Object.fromEntries(new URLSearchParams(body)),
  });
  const answer = Object.assign(response, {
    status: (code: number) => Object.assign(answer, { statusCode: code }),
    json: (value: unknown) => answer.end(JSON.stringify(value)),
    send: (value: unknown) => answer.end(typeof value === "string" ? value : JSON.stringify(value)),
  });
  const options = authOptions(signInRequest(sent), {
    issuer: chosen.url,
    clientId: "evenhour",
    clientSecret: "a secret of the test's own",
    name: "Test",
  });
  // Next's own request and response, of which next-auth uses what is given here.
  // Node gives a CommonJS module whole, where a bundler gives its default.
  const whole: unknown = NextAuth;
  const handle = (whole as { default?: unknown }).default ?? whole;
  if (typeof handle !== "function") throw new Error("next-auth has no handler");
  await handle(asked, answer, { ...options, logger: { error() {}, warn() {} } });
}

function makeProvider(issuer: string): Provider {
  const made: Provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [
      {
        client_id: "evenhour",
        client_secret: "a secret of the test's own",
        redirect_uris: [`${product.url}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["a key of the test's own"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts.get(id) }),
    }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx): Promise<InstanceType<Provider["Grant"]>> => {
      const { client, session } = ctx.oidc;
      const grant = new made.Grant({
        clientId: client?.clientId,
        accountId: session?.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  return made;
}

async function listenAsProvider(): Promise<Address> {
  let answer: ReturnType<Provider["callback"]> | undefined;
  let made: Provider | undefined;
  const address = await listen(async (request, response) => {
    if (request.url?.startsWith("/interaction/")) {
      return made?.interactionFinished(request, response, { login: { accountId: visiting } });
    }
    if (request.url?.startsWith("/token")) spoiling(response);
    return answer?.(request, response);
  });
  made = makeProvider(address.url);
  answer = made.callback();
  return address;
}

beforeAll(async () => {
  product = await listen((request, response) => answerAuth(request, response));
  provider = await listenAsProvider();
  otherProvider = await listenAsProvider();
  chosen = provider;
  process.env.NEXTAUTH_URL = product.url;
});

afterAll(() => {
  product.server.close();
  provider.server.close();
  otherProvider.server.close();
});
afterEach(() => {
  spoilToken = null;
  chosen = provider;
});

/** A browser that stores the cookies of both sites separately and follows redirects. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const visit = async (address: string, form?: Record<string, string>) => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  };
  const jarOf = (site: Address) => jars.get(site.url) ?? new Map<string, string>();
  return { visit, jarOf };
}

/**
 * Signs in as an account of the provider.
 * @param spoil changes the address of the way back, as somebody between the two could
 * @returns the user, or the address to which a refusal leads
 */
async function signIn(accountId: string, spoil = (address: string) => address) {
  visiting = accountId;
  const { visit, jarOf } = browser();
  const csrf = (await (await visit(`${product.url}/api/auth/csrf`)).json()) as {
    csrfToken: string;
  };
  let answer = await visit(`${product.url}/api/auth/signin/oidc`, csrf);
  for (let hops = 0; hops < 12 && answer.headers.has("location"); hops += 1) {
    const location = answer.headers.get("location") ?? "";
    let next = new URL(location, answer.url).href;
    if (next.startsWith(`${product.url}/api/auth/callback`)) next = spoil(next);
    if (!/\/api\/auth\/|:\d+\/(auth|interaction)/.test(next)) {
      const token = jarOf(product).get("evenhour.session") ?? "";
      const session = token && (await decode({ token, secret: env().AUTH_SECRET }));
      if (!session) return { user: null, refusedAt: next };
      const { user } = await db.session.findUniqueOrThrow({
        where: { id: String(session.sid) },
        include: { user: true },
      });
      return { user, refusedAt: null };
    }
    answer = await visit(next);
  }
  throw new Error(`It went on for ever: ${answer.url} ${answer.status} ${await answer.text()}`);
}

/** An account of the provider. @returns its subject */
function account(claims: Claims): string {
  const subject = v7();
  accounts.set(subject, claims);
  return subject;
}
const verifiedEmail = () => ({ email: `${v7()}@example.org`, email_verified: true });

describe("a provider", () => {
  it("signs in a new user, and the same user again", async () => {
    const claims = verifiedEmail();
    const subject = account({ ...claims, name: "Rosa Marchetti" });
    const first = await signIn(subject);
    expect(first.user).toMatchObject({ email: claims.email, name: "Rosa Marchetti" });
    expect(first.user?.emailVerifiedAt).toBeTruthy();
    expect((await signIn(subject)).user?.id).toBe(first.user?.id);
  });

  it.each([
    ["none", { email_verified: true }],
    ["one that is not verified", { email: "nobody@example.org", email_verified: false }],
    ["one of which it says nothing", { email: "nobody@example.org" }],
    ["one that is none", { email: "nobody", email_verified: true }],
    ["a list", { email: ["nobody@example.org"], email_verified: true }],
    ["two in a line", { email: "nobody@example.org\nrosa@example.org", email_verified: true }],
    ["one with a soft hyphen", { email: "nobody@exam\u00adple.org", email_verified: true }],
    ["one between marks", { email: "\u202anobody@example.org\u202c", email_verified: true }],
    ["one with a zero byte", { email: "nobody\u0000@example.org", email_verified: true }],
    [
      "one of 300 characters",
      { email: `nobody${"x".repeat(300)}@example.org`, email_verified: true },
    ],
    ["a word for verified", { email: "nobody@example.org", email_verified: "yes" }],
  ])("that gives %s as address is refused", async (_, claims) => {
    expect((await signIn(account(claims))).user).toBeNull();
    expect(await db.user.count({ where: { email: { startsWith: "nobody" } } })).toBe(0);
  });

  it("may send the verified flag as text, and the address in capitals", async () => {
    const { email } = verifiedEmail();
    const claims = { email: email.toUpperCase(), email_verified: "true" };
    expect((await signIn(account(claims))).user?.email).toBe(email);
  });

  it.each([
    ["nothing", undefined],
    ["an empty one", ""],
    ["white space", "   "],
    ["10,000 characters", "x".repeat(10_000)],
    ["a number", 7],
    ["what nobody sees", "\u200b\u3164"],
    ["control characters", "\u0000\u0007\u001b"],
    ["marks without a letter", "\u0301".repeat(30)],
    ["an address of a page", "https://evil.example/login"],
  ])("that gives %s as name leaves it to the person, who is called neutrally", async (_, name) => {
    const { user } = await signIn(account({ ...verifiedEmail(), name }));
    expect(user?.name).toBe("New neighbour");
  });

  it("supplies names that are cleaned like those of a sign-up", async () => {
    const { user } = await signIn(
      account({ ...verifiedEmail(), name: " Rosa\u202E \n Marchetti\u0000 " }),
    );
    expect(user?.name).toBe("Rosa Marchetti");
  });

  it("changes no address here, not even to another user's", async () => {
    const [rosa, nils] = [verifiedEmail(), verifiedEmail()];
    const subject = account(rosa);
    const first = (await signIn(subject)).user;
    const other = (await signIn(account(nils))).user;
    accounts.set(subject, nils);
    const again = (await signIn(subject)).user;
    expect(again).toMatchObject({ id: first?.id, email: rosa.email });
    expect(again?.id).not.toBe(other?.id);
  });

  it("signs in the same user by another subject with the same verified address", async () => {
    const claims = verifiedEmail();
    const first = (await signIn(account(claims))).user;
    expect((await signIn(account(claims))).user?.id).toBe(first?.id);
  });
});

describe("another user's account", () => {
  it("is not opened by an address that is not verified", async () => {
    const owner = verifiedEmail();
    const rosa = (await signIn(account(owner))).user;
    const stranger = account({ ...owner, email_verified: false });
    expect((await signIn(stranger)).user).toBeNull();
    expect(await db.identity.count({ where: { subject: stranger } })).toBe(0);
    expect(await db.identity.count({ where: { userId: String(rosa?.id) } })).toBe(1);
  });

  it("is not opened by the same subject of another provider", async () => {
    const subject = account(verifiedEmail());
    const first = (await signIn(subject)).user;
    chosen = otherProvider;
    accounts.set(subject, { ...verifiedEmail(), email_verified: false });
    expect((await signIn(subject)).user).toBeNull();
    accounts.set(subject, verifiedEmail());
    const other = (await signIn(subject)).user;
    expect(other).toBeTruthy();
    expect(other?.id).not.toBe(first?.id);
    chosen = provider;
    expect((await signIn(subject)).user?.id).toBe(first?.id);
  });
});

describe("an id token", () => {
  const hour = 3600;
  const seconds = () => Math.floor(Date.now() / 1000);
  const owner = () => account(verifiedEmail());

  it("is accepted when its provider has signed it", async () => {
    spoilToken = (claims) => signed(claims);
    expect((await signIn(owner())).user).toBeTruthy();
  });

  it.each<[string, (claims: Claims) => string]>([
    ["another nonce", (claims) => signed({ ...claims, nonce: "another" })],
    ["no nonce", ({ nonce: _, ...claims }) => signed(claims)],
    ["another audience", (claims) => signed({ ...claims, aud: "somebody-else" })],
    [
      "more audiences, and made for another of them",
      (claims) => signed({ ...claims, aud: ["evenhour", "somebody-else"], azp: "somebody-else" }),
    ],
    ["no audience", ({ aud: _, ...claims }) => signed(claims)],
    [
      "an end that is over",
      (claims) => signed({ ...claims, iat: seconds() - 2 * hour, exp: seconds() - hour }),
    ],
    ["no end", ({ exp: _, ...claims }) => signed(claims)],
    ["a beginning to come", (claims) => signed({ ...claims, nbf: seconds() + hour })],
    ["another issuer", (claims) => signed({ ...claims, iss: "https://evil.example" })],
    ["the other provider as issuer", (claims) => signed({ ...claims, iss: otherProvider.url })],
    ["no issuer", ({ iss: _, ...claims }) => signed(claims)],
    ["no subject", ({ sub: _, ...claims }) => signed(claims)],
    ["an empty subject", (claims) => signed({ ...claims, sub: "" })],
    ["white space as subject", (claims) => signed({ ...claims, sub: "  " })],
    ["a subject with a zero byte", (claims) => signed({ ...claims, sub: "a\u0000b" })],
    ["a subject of 256 characters", (claims) => signed({ ...claims, sub: "x".repeat(256) })],
    ["a list as subject", (claims) => signed({ ...claims, sub: ["a"] })],
    ["a stranger's signature", (claims) => signed(claims, strangersKeys.privateKey)],
    ["no signature", (claims) => `${part({ alg: "none" })}.${part(claims)}.`],
    [
      "a signature by the client's secret",
      (claims) => {
        const body = `${part({ alg: "HS256" })}.${part(claims)}`;
        const secret = createHmac("sha256", "a secret of the test's own");
        return `${body}.${secret.update(body).digest("base64url")}`;
      },
    ],
  ])("with %s signs nobody in, and says so", async (_, spoil) => {
    const [users, identities] = [await db.user.count(), await db.identity.count()];
    const subject = owner();
    spoilToken = spoil;
    const { user, refusedAt } = await signIn(subject);
    expect(user).toBeNull();
    // The page then reports that the sign-in failed.
    expect(new URL(String(refusedAt)).pathname).toBe("/sign-in");
    expect(new URL(String(refusedAt)).searchParams.get("error")).toMatch(/^[A-Za-z]+$/);
    expect([await db.user.count(), await db.identity.count()]).toEqual([users, identities]);
  });
});

describe("the callback of a provider", () => {
  const changed = (name: string, value: string) => (address: string) => {
    const url = new URL(address);
    url.searchParams.set(name, value);
    return url.href;
  };
  it.each([
    ["another state", changed("state", "another")],
    ["another code", changed("code", "another")],
    ["another issuer", changed("iss", "https://evil.example")],
    ["an error", changed("error", "access_denied")],
  ])("with %s signs nobody in", async (_, spoil) => {
    expect((await signIn(account(verifiedEmail()), spoil)).user).toBeNull();
  });

  it("signs nobody in from another browser", async () => {
    let stolen = "";
    await signIn(account(verifiedEmail()), (address) => {
      stolen = address;
      return changed("code", "another")(address);
    });
    const { visit, jarOf } = browser();
    await visit(stolen);
    expect(jarOf(product).has("evenhour.session")).toBe(false);
  });
});
