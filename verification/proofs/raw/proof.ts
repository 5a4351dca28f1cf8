/** Sends requests to the built product that no browser or form would send. */
import { connect } from "node:net";
import { db } from "../../../server/platform/db/client";
import { owner } from "../../../server/platform/db/testing/pools";
import { hashToken, newToken } from "../../../server/platform/tokens";
import { clearRateLimits } from "../../kit/database";
import { type Fixture, type Neighbour, openFixture, PASSWORD } from "../../kit/fixture";
import { type Answer, askToSignIn, type Http, http } from "../../kit/http";
import type { Product } from "../../kit/product";
import { requireConsistentBooks } from "../consistent-books";
import { INSIDE } from "../inside";
import { check, type Proof } from "../proof";

type RawRequest = {
  what: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** The expected statuses; by default any refusal (4xx). */
  must?: number | number[];
};

export const proof: Proof<{ rounds: number }> = {
  name: "raw",
  claim:
    "Over a socket to the built product: another content type, origin, method or cookie is refused, nothing causes a server error, no internals are revealed, and an ended session or used link grants nothing.",
  long: { rounds: 3 },
  short: { rounds: 1 },
  bug: { name: "an ended session stays valid", counts: { rounds: 1 } },
  async run({ counts, planted, atEnd }) {
    const fixture = await openFixture({ atEnd }, counts.rounds);
    const product = await fixture.start();
    const { baseUrl } = product;
    if (planted) await plantEndlessSessions();
    const client = http(baseUrl, 4);
    atEnd(client.close);
    let requests = 0;
    // Each round uses another member, since it ends their sessions.
    for (const person of fixture.people) {
      await clearRateLimits();
      requests += await sendAll(fixture, person, { baseUrl, client });
    }
    const stopped = await stopWhileAsked(product, fixture);
    return { requests, "requests during the shutdown": stopped };
  },
};

/** Checks that requests during the shutdown get complete answers. @returns their number */
async function stopWhileAsked({ baseUrl, stop }: Product, { slug, people }: Fixture) {
  const cookie = people[0]?.cookie ?? "";
  const request = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: ${new URL(baseUrl).host}\r\nCookie: ${cookie}\r\n\r\n`;
  const connections = Array.from({ length: 24 }, () => openConnection(baseUrl));
  // One answer shows that the product has accepted the connection.
  for (const { say, next } of connections) {
    const answered = next();
    say(request("/api/health"));
    await answered;
  }
  const begun = connections.map(({ next }) => next());
  for (const [index, { say }] of connections.entries()) {
    say(request(index % 2 ? `/${slug}/browse` : "/sign-in"));
  }
  // Some requests are being answered, the others wait.
  await Promise.race(begun);
  const ended = stop();
  const answers = await Promise.all(connections.map(({ end }) => end));
  await ended;
  for (const received of answers) {
    const answer = received.slice(received.indexOf("HTTP/1.1", 1));
    const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? "nothing";
    check(["200", "307", "503"].includes(status), `while it stopped: ${status}`);
    const isWhole = /<\/html>|\r\n0\r\n\r\n$|\n$/.test(answer);
    check(isWhole, `while it stopped: ${status} was cut off after ${answer.length} bytes`);
  }
  return answers.length;
}

/** Opens a socket: `next` resolves with its next data, `end` with everything received once it closes. */
function openConnection(baseUrl: string) {
  const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
  let received = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    received += part;
  });
  socket.on("error", () => undefined);
  return {
    say: (text: string) => void socket.write(text),
    next: () => new Promise<void>((done) => socket.once("data", () => done())),
    end: new Promise<string>((done) => socket.once("close", () => done(received))),
  };
}

/** @returns how many requests were sent @throws Violated */
async function sendAll(
  { slug }: Fixture,
  { cookie, userId }: Neighbour,
  { baseUrl, client }: { baseUrl: string; client: Http },
): Promise<number> {
  const origin = baseUrl;
  const json = { "content-type": "application/json", origin, cookie };
  const note = JSON.stringify({ json: { community: slug } });
  const query = (procedure: string, sent = note) =>
    `/api/trpc/${procedure}?${new URLSearchParams({ input: sent })}`;
  const profile = JSON.stringify({
    json: {
      community: slug,
      displayName: "Hijacked",
      about: "",
      languages: [],
      neighbourhood: "",
      contact: "",
    },
  });
  const update = "/api/trpc/member.updateProfile";
  const photos = `/api/photos/${slug}`;
  const form = { origin, cookie, "content-type": "multipart/form-data; boundary=x" };
  let count = 0;

  const send = async ({
    what,
    path,
    method = "GET",
    headers = {},
    body = "",
    must,
  }: RawRequest) => {
    count += 1;
    const answer = await client.send(path, { method, headers, body }).catch(() => null);
    // Closing the connection on an unreadable request is an acceptable answer.
    if (!answer) return null;
    const { status } = answer;
    const text = answer.body.toString();
    check(status < 500, `${what}: ${path.slice(0, 100)} answers ${status}: ${text.slice(0, 200)}`);
    check(!INSIDE.test(text), `${what}: ${path.slice(0, 100)} reveals internals`);
    requireGuarded(answer, path, `${what}: ${method} ${path.slice(0, 100)}`);
    const expected = [must ?? []].flat();
    const isRight = expected.length > 0 ? expected.includes(status) : status >= 400;
    check(isRight, `${what}: ${method} ${path.slice(0, 100)} answers ${status}`);
    return answer;
  };

  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    "text/plain; application/json",
    "application/jsonp",
    "application/json5",
    "image/svg+xml",
  ];
  const origins = [
    "",
    "null",
    "https://evil.example",
    `${origin}.evil.example`,
    "http://localhost",
    "file://",
    origin.replace("http://", "http://evil@"),
    `${origin}:1`,
    "x",
    "http://[::1]:1",
  ];
  const twelve = Array.from({ length: 12 }, () => "person.me").join(",");
  const batch = { "0": { json: { community: slug } } };
  const without = ({ origin: _, ...rest }: Record<string, string>) => rest;

  const requests: RawRequest[] = [
    ...types.map((type) => ({
      what: "another content type",
      path: update,
      method: "POST",
      body: profile,
      must: 415,
      headers: type ? { ...json, "content-type": type } : { origin, cookie },
    })),
    ...origins.map((from) => ({
      what: "another origin",
      path: update,
      method: "POST",
      body: profile,
      must: 403,
      headers: from ? { ...json, origin: from } : without(json),
    })),
    ...["evil.example", "localhost.evil.example", `evil.example:${new URL(origin).port}`].flatMap(
      (host) =>
        [
          update,
          photos,
          "/api/auth/callback/password",
          "/api/auth/signout",
          `/${slug}`,
          query("account.mine"),
          `/${slug}`,
          "/mailbox",
          "/sign-in",
          "/api/auth/csrf",
        ].map((path, index) => ({
          what: "another name",
          path,
          body: index < 5 ? profile : "",
          must: 421,
          method: index < 5 ? "POST" : "GET",
          headers: { ...json, host, origin: `http://${host}` },
        })),
    ),
    ...origins.filter(Boolean).flatMap((from) =>
      ["/api/auth/callback/password", "/api/auth/signout", `/${slug}`].map((path) => ({
        what: "the sign-in from another origin",
        path,
        method: "POST",
        body: "x=1",
        must: 403,
        headers: { cookie, origin: from, "content-type": "application/x-www-form-urlencoded" },
      })),
    ),
    ...["GET", "PUT", "DELETE", "PATCH", "HEAD"].map((method) => ({
      what: "another method",
      path: `${update}?input=${encodeURIComponent(profile)}`,
      method,
      headers: { cookie, origin },
      // tRPC answers HEAD without calling anything.
      ...(method === "HEAD" ? { must: 204 } : {}),
    })),
    { what: "too many at once", path: query(`${twelve}&batch=1`), headers: { cookie } },
    {
      what: "too many at once",
      path: `/api/trpc/${twelve}?batch=1&input=${encodeURIComponent(JSON.stringify(batch))}`,
      headers: { cookie },
    },
    ...[
      "__proto__",
      "constructor",
      "toString",
      "exchange",
      "exchange.__proto__",
      "a.b.c",
      "%00",
      "..",
      "",
    ]
      .map((name) => `/api/trpc/${name}`)
      .map((path) => ({
        what: "no such procedure",
        path,
        headers: { cookie },
        // A path with dots is redirected to the one without.
        must: [308, 400, 401, 404, 405],
      })),
    {
      what: "a large body",
      path: update,
      method: "POST",
      must: 413,
      headers: json,
      body: "x".repeat(2 ** 20 + 1),
    },
    ...types
      .filter((type) => !type.startsWith("multipart/"))
      .map((type) => ({
        what: "no form with a photo",
        path: photos,
        method: "POST",
        body: "x",
        must: 415,
        headers: type ? { origin, cookie, "content-type": type } : { origin, cookie },
      })),
    ...origins.map((from) => ({
      what: "a photo from another origin",
      path: photos,
      method: "POST",
      body: "x",
      must: 403,
      headers: from ? { ...form, origin: from } : without(form),
    })),
    ...["", "x", "--x", "--x\r\n\r\n--x--", `--x\r\n${"a: b\r\n".repeat(2000)}\r\n--x--`].map(
      (body) => ({
        what: "a torn form",
        path: photos,
        method: "POST",
        headers: form,
        body,
        must: 400,
      }),
    ),
    {
      what: "a photo without an end",
      path: photos,
      method: "POST",
      must: 413,
      headers: form,
      body: "x".repeat(13 * 2 ** 20 + 1),
    },
    ...["/x", "/x/large", `/${slug}`, "/%2e%2e/large", "/__proto__/square"].map((rest) => ({
      what: "no photo",
      path: `${photos}${rest}`,
      headers: { cookie },
      must: [307, 308, 400, 404, 405],
    })),
    ...["x", "x.ics", "..%2fx", newToken(), `${newToken()}.ics`].map((name) => ({
      what: "nobody's calendar",
      path: `/api/calendar/${name}`,
      must: [400, 404],
    })),
    ...sessionsOf(cookie).map((tampered) => ({
      what: "a tampered cookie",
      path: query("account.mine"),
      must: 401,
      headers: { cookie: tampered },
    })),
    ...[
      "/%00",
      "/%ff",
      "/%e0%a4%a",
      "/a/../../etc/passwd",
      "/..%2f..%2fetc",
      "/__proto__",

      "/constructor/account",
      `/${"x".repeat(3000)}`,
      `/${slug}/exchanges/x`,
      "/%2f%2fevil.example",
      `/${slug}/members/%00`,
      `/${slug}/listings/${"9".repeat(300)}`,
      "/_next/data/x.json",
      `/${slug}/exchanges/00000000-0000-0000-0000-000000000000`,
      "/setup/x%00",
      "/link/%ff",
    ].map((path) => ({
      what: "an odd address",
      path,
      headers: { cookie },
      must: [200, 307, 308, 400, 404],
    })),
    ...[
      { "next-action": "x".repeat(40) } as Record<string, string>,
      { rsc: "1", "next-router-state-tree": "%7Bx" },
      { rsc: "1", "next-router-prefetch": "9", "next-router-segment-prefetch": "/x" },
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher" },
      { "accept-language": "x".repeat(3000) },
      { "accept-encoding": "nothing;q=NaN" },
      { range: "bytes=9999999999-0" },
      { "if-none-match": `"${"x".repeat(2000)}"` },
    ].map((headers) => ({
      what: "odd headers",
      path: `/${slug}`,
      must: [200, 304, 307, 400, 404, 405, 416],
      headers: { cookie, ...headers },
    })),
    ...["POST", "PUT", "DELETE", "OPTIONS"].map((method) => ({
      what: "writing to a page",
      path: `/${slug}`,
      method,
      headers: json,
      body: "{}",
      must: [200, 204, 307, 400, 403, 404, 405],
    })),
    {
      what: "a server action",
      path: `/${slug}`,
      method: "POST",
      body: "0=1",
      headers: {
        ...json,
        "next-action": "40".repeat(21),
        "content-type": "multipart/form-data; boundary=x",
      },
    },
    ...[
      "signin/__proto__",
      "callback/x",
      "callback/password",
      "signout",
      "session?x=%00",
      "providers",
      "_log",
      "error?error=%3Cscript%3E",
    ].map((path) => ({
      what: "a request for a sign-in endpoint",
      path: `/api/auth/${path}`,
      headers: { cookie },
      must: [200, 302, 303, 307, 400, 404, 405],
    })),
    {
      what: "signing in without the CSRF token",
      method: "POST",
      path: "/api/auth/callback/password",
      must: [200, 302, 400],
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        email: `${userId}@example.org`,
        password: PASSWORD,
      }).toString(),
    },
  ];
  for (const request of requests) {
    const answer = await send(request);
    if (request.what.startsWith("signing in without")) {
      check(!isSession(answer), "a sign-in succeeded without the CSRF token");
    }
    const target = String(answer?.headers.location ?? "");
    check(!target.includes("evil.example"), `${request.path} redirects to ${target}`);
  }

  // An ended session or a used link grants nothing.
  const sessions = { path: query("account.mine"), headers: { cookie } };
  await send({ what: "an active session", ...sessions, must: 200 });
  const link = newToken();
  const expiresAt = new Date(Date.now() + 60_000);
  await db.signInLink.create({
    data: { tokenHash: hashToken(link), userId, createdAt: new Date(), expiresAt },
  });
  const first = await askToSignIn(client, origin, "link", { token: link });
  check(isSession(first), "a sign-in link did not sign in");
  const second = await askToSignIn(client, origin, "link", { token: link });
  check(!isSession(second), "a sign-in link signed in twice");
  count += 4;
  // The first use of a link verifies the address, which ends the earlier sessions.
  await send({ what: "a session that was ended", ...sessions, must: 401 });

  for (const text of malformed(slug)) {
    const status = await sendRaw(baseUrl, text);
    count += 1;
    check(status < 500, `${JSON.stringify(text.slice(0, 80))} answers ${status}`);
  }
  const person = await db.member.findFirstOrThrow({ where: { userId } });
  check(person.displayName !== "Hijacked", "a request from another origin changed a profile");
  await requireConsistentBooks("after the requests");
  return count;
}

/** Checks the security headers, which every answer must have. */
function requireGuarded({ headers, status }: Answer, path: string, label: string): void {
  const policy = String(headers["content-security-policy"] ?? "");
  for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    check(policy.includes(rule), `${label} (${status}) is answered without ${rule}`);
  }
  // Answers of the API load nothing.
  const needsNothing = !path.startsWith("/api/") || policy.includes("default-src 'none'");
  check(needsNothing, `${label} (${status}) may load more`);
  check(policy.split("default-src").length === 2, `${label} is answered with two policies`);
  check(headers["x-content-type-options"] === "nosniff", `${label} is answered without nosniff`);
  check(headers["referrer-policy"] === "same-origin", `${label} tells others where it was`);
  check(/no-store/.test(String(headers["cache-control"])), `${label} may be cached`);
}

/** The planted bug. */
async function plantEndlessSessions(): Promise<void> {
  await owner().query(`
    CREATE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.ended_at := NULL; RETURN NEW; END $$;
    CREATE TRIGGER keep BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION keep_session()`);
}

/** The session cookie with one character changed, cut or doubled, and unsigned tokens. */
function sessionsOf(cookie: string): string[] {
  const [name = "", value = ""] =
    cookie
      .split("; ")
      .find((each) => each.includes("session="))
      ?.split("=") ?? [];
  const at = (place: number) => {
    const letter = value[place] === "A" ? "B" : "A";
    return `${name}=${value.slice(0, place)}${letter}${value.slice(place + 1)}`;
  };
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const claims = part({ sid: "00000000-0000-0000-0000-000000000000", iat: 1, exp: 9_999_999_999 });
  return [
    ...[5, 40, Math.floor(value.length / 2), value.length - 20].map(at),
    `${name}=${value.slice(0, -5)}`,
    `${name}=${value}${value}`,
    `${name}=`,
    `${name}=null`,
    `${name}=${part({ alg: "none" })}.${claims}.`,
    `${name}=${part({ alg: "HS256" })}.${claims}.${"A".repeat(43)}`,
    `${name}=${part({ alg: "dir", enc: "A256GCM" })}..AAAA.${claims}.AAAA`,
  ];
}

const isSession = (answer: Answer | null): boolean =>
  [answer?.headers["set-cookie"] ?? []].flat().some((cookie) => /session=[^;]{20}/.test(cookie));

/** Requests that no HTTP library would send. */
const malformed = (slug: string): string[] => [
  "\r\n\r\n",
  "GET\r\n\r\n",
  `GET /${slug} HTTP/9.9\r\nHost: x\r\n\r\n`,
  `GET http://evil.example/${slug} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
  `GET //evil.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  `GET /${slug} HTTP/1.1\r\nConnection: close\r\n\r\n`,
  `GET /${slug} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`,
  "POST /api/trpc/person.signUp HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
  "POST /api/trpc/person.signUp HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
  "POST /api/trpc/person.signUp HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
  ...["GET", "POST"].map(
    (method) =>
      `${method} /api/trpc/person.me HTTP/1.1\r\nHost: [\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  ),
  "GET http://[/api/trpc/person.me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  "GET //[/api/trpc/person.me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  `GET /${slug}\0 HTTP/1.1\r\nHost: x\r\n\r\n`,
  "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
];

/** @returns the status of the answer; 0 when the connection was closed without one */
function sendRaw(baseUrl: string, text: string): Promise<number> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1", () => socket.write(text));
    let received = "";
    const end = () => {
      socket.destroy();
      done(Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0));
    };
    socket.setTimeout(3000, end);
    socket.on("data", (part) => {
      received += part;
      if (/^HTTP\/1\.1 \d{3}/.test(received)) end();
    });
    socket.on("error", end);
    socket.on("close", end);
  });
}
