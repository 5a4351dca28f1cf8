/** The HTTP server, tested over real sockets with a handler of the test behind it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { STEP_LIMIT_MS } from "../../../scripts/lib/test-limits";
import { listen } from "./server";

/** Vitest waits for one second by default, which a busy machine exceeds. */
const PATIENTLY = { timeout: STEP_LIMIT_MS };

type Front = Awaited<ReturnType<typeof listen>>;
type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const open: Front[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const front of open.splice(0)) await front.close();
});

const answer: Handler = async (request, response) => {
  for await (const _ of request);
  response.end(`asked as ${request.headers["x-evenhour-address"]}`);
};

async function start(
  handler: Handler = answer,
  settings: Partial<Parameters<typeof listen>[0]> & { publicUrl?: string } = {},
) {
  const { publicUrl = "http://localhost:3000", ...rest } = settings;
  const front = await listen({
    hostname: "127.0.0.1",
    port: 0,
    trustedProxies: 0,
    readsPerMinute: 0,
    ...rest,
  });
  front.answer(handler, publicUrl);
  open.push(front);
  return front;
}

/** Sends raw text on a new connection. */
function say({ port }: Front, text: string) {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    heard += part;
  });
  socket.on("error", () => undefined);
  const closed = new Promise<string>((done) => socket.once("close", () => done(heard)));
  socket.write(text);
  return { socket, closed, heard: () => heard };
}

type Asked = { method?: string; path?: string; headers?: Record<string, string>; body?: string };

/** Sends one request and reads the complete response. */
function ask(front: Front, { method = "GET", path = "/", headers = {}, body = "" }: Asked) {
  const lines = Object.entries({ host: "localhost", connection: "close", ...headers });
  const length = body || method === "POST" ? `content-length: ${body.length}\r\n` : "";
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return say(front, `${method} ${path} HTTP/1.1\r\n${head}${length}\r\n${body}`).closed;
}
const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0);

/** A handler whose responses wait until the test releases them. */
function holding() {
  let asked = 0;
  const waiting: (() => void)[] = [];
  const handler: Handler = async (_, response) => {
    asked += 1;
    await new Promise<void>((go) => waiting.push(go));
    if (!response.headersSent) response.end("finished");
  };
  return {
    handler,
    letGo: () => {
      for (const go of waiting.splice(0)) go();
    },
    untilAsked: (count: number) => vi.waitFor(() => expect(asked).toBe(count), PATIENTLY),
  };
}

describe("a request for another host", () => {
  it.each(["GET", "POST"])("is refused: %s", async (method) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const front = await start();
    const headers = { host: "evil.example:3000", origin: "http://evil.example:3000" };
    for (const path of ["/", "/mailbox", "/api/trpc/person.me", "/api/auth/callback/password"]) {
      const heard = await ask(front, {
        method,
        path,
        headers,
        body: method === "POST" ? "{}" : "",
      });
      expect([path, statusOf(heard)]).toEqual([path, 421]);
      expect(heard).toContain("Open http://localhost:3000 instead");
    }
    // Logged once, with advice.
    expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(/evil\.example.*PUBLIC_URL/)]);
    warn.mockRestore();
  });

  it("is answered for the health endpoint", async () => {
    const front = await start();
    const heard = await ask(front, { path: "/api/health", headers: { host: "10.1.1.1.example" } });
    expect(statusOf(heard)).toBe(200);
  });

  it("gets JSON from the health endpoint while the product starts", async () => {
    const front = await listen({
      hostname: "127.0.0.1",
      port: 0,
      trustedProxies: 0,
      readsPerMinute: 0,
    });
    open.push(front);
    const heard = await ask(front, { path: "/api/health" });
    expect(statusOf(heard)).toBe(503);
    expect(heard).toContain('{"status":"unavailable","reason":"starting"}');
    expect(await ask(front, {})).toContain("Evenhour is starting.");
  });

  it("is refused when the URL names another host, whatever the Host header", async () => {
    const front = await start();
    expect(statusOf(await ask(front, { path: "http://evil.example/" }))).toBe(400);
  });

  it("is one for a host that PUBLIC_URL does not name", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const publicUrl = "https://evenhour.example.org";
    const front = await start(answer, { publicUrl });
    const from = (host: string, origin: string) =>
      ask(front, { method: "POST", path: "/api/trpc/a", headers: { host, origin } }).then(statusOf);
    expect(await from("evenhour.example.org", publicUrl)).toBe(200);
    expect(await from("127.0.0.1", "http://127.0.0.1")).toBe(403);
    expect(await from("evenhour.example.org", "http://evenhour.example.org")).toBe(403);
    expect(await from("192.168.1.5", "http://192.168.1.5")).toBe(421);
    warn.mockRestore();
  });
});

describe("a request from another site", () => {
  it.each(["https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"])(
    "may not write: %s",
    async (origin) => {
      const front = await start();
      const path = "/api/auth/signout";
      const heard = await ask(front, { method: "POST", path, headers: { origin } });
      expect(statusOf(heard)).toBe(403);
    },
  );

  it("is accepted from our own origin", async () => {
    const front = await start();
    const headers = { origin: "http://localhost" };
    expect(statusOf(await ask(front, { method: "POST", path: "/api/trpc/a", headers }))).toBe(200);
  });
});

describe("a connection", () => {
  /** Far longer than a test waits. */
  const never = 10 * 60_000;
  const times = { idle: 100, head: 100, body: 100, photoBody: never, check: 20 };

  it("without data is closed", async () => {
    const front = await start(answer, { times: { ...times, head: never } });
    expect(await say(front, "").closed).not.toContain("200 OK");
  });

  it("with an endless head is closed, even if data arrives steadily", async () => {
    const front = await start(answer, { times });
    const slow = say(front, "GET / HTTP/1.1\r\n");
    const drip = setInterval(() => slow.socket.write("a: b\r\n"), 20);
    expect(statusOf(await slow.closed)).toBe(408);
    clearInterval(drip);
  });

  it("with an endless body is answered and closed, even if data arrives steadily", async () => {
    const front = await start(answer, { times });
    const slow = say(
      front,
      "POST /api/trpc/a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9000\r\n\r\n",
    );
    const drip = setInterval(() => slow.socket.write("a"), 20);
    const heard = await slow.closed;
    clearInterval(drip);
    expect(statusOf(heard)).toBe(408);
    expect(heard).toMatch(/connection: close/i);
  });

  it("with a slow response stays open", async () => {
    const { handler, letGo, untilAsked } = holding();
    const front = await start(handler, { times: { ...times, idle: 20 } });
    const asked = ask(front, {});
    await untilAsked(1);
    // Several times the idle timeout.
    const others = Array.from({ length: 5 }, () => say(front, "").closed);
    await Promise.all(others);
    for (let turn = 0; turn < 5; turn += 1) await say(front, "").closed;
    letGo();
    expect(await asked).toContain("finished");
  });
});

describe("a body that is too large", () => {
  const MB = 1024 * 1024;
  const head = (length: string) =>
    `POST /api/trpc/a HTTP/1.1\r\nhost: localhost\r\n${length}\r\n\r\n`;
  const bodies: [name: string, length: string, body: string][] = [
    ["with its length", `content-length: ${16 * MB}`, "x".repeat(16 * MB)],
    [
      "in chunks",
      "transfer-encoding: chunked",
      `${`100000\r\n${"x".repeat(MB)}\r\n`.repeat(16)}0\r\n\r\n`,
    ],
  ];

  it.each(bodies)(
    "is refused to a client that sends all of it before it reads: %s",
    async (...of) => {
      const [, length, body] = of;
      const front = await start();
      const { socket, closed } = say(front, head(length));
      socket.pause();
      // Fails when the server has closed the connection.
      await new Promise<void>((done, failed) =>
        socket.write(body, (error) => (error ? failed(error) : done())),
      );
      socket.resume();
      const heard = await closed;
      expect(statusOf(heard)).toBe(413);
      expect(heard).toMatch(/connection: close/i);
      expect(heard).toContain("send less than 1 MB");
    },
  );

  it("is not read without end", async () => {
    const front = await start(answer, { times: { refusedBody: 50 } });
    const endless = say(front, head(`content-length: ${16 * MB}`));
    const drip = setInterval(() => endless.socket.write("a"), 10);
    expect(statusOf(await endless.closed)).toBe(413);
    clearInterval(drip);
  });
});

describe("a server that stops", () => {
  const request = (connection: string) =>
    `GET / HTTP/1.1\r\nhost: localhost\r\nconnection: ${connection}\r\n\r\n`;

  it("finishes requests in flight with Connection: close, and refuses new ones", async () => {
    const { handler, letGo, untilAsked } = holding();
    const front = await start(handler);
    const asked = [say(front, request("keep-alive")), say(front, request("keep-alive"))];
    await untilAsked(2);
    const idle = say(front, "");
    await vi.waitFor(() => expect(idle.socket.readyState).toBe("open"), PATIENTLY);
    const closed = front.close();
    // Sent before the shutdown.
    idle.socket.write(request("keep-alive"));
    const late = await idle.closed;
    expect(statusOf(late)).toBe(503);
    expect(late).toMatch(/connection: close/i);
    expect(await say(front, request("close")).closed).toBe("");
    letGo();
    for (const { closed: whole } of asked) {
      const heard = await whole;
      expect(statusOf(heard)).toBe(200);
      expect(heard).toMatch(/connection: close/i);
      expect(heard).toContain("finished");
    }
    await closed;
  });

  it("answers slow requests before it closes their connections", async () => {
    const { handler, letGo, untilAsked } = holding();
    const front = await start(handler, { times: { stop: 50, lateRequest: 20 } });
    const asked = say(front, request("keep-alive"));
    await untilAsked(1);
    await front.close();
    const heard = await asked.closed;
    expect(statusOf(heard)).toBe(503);
    expect(heard).toMatch(/look in a moment whether it was done/);
    letGo();
  });
});

describe("too many reads", () => {
  const cookie = "evenhour.session=abc";

  it("are answered 429 in the reader's language, with the time to wait", async () => {
    const front = await start(answer, { readsPerMinute: 4 });
    expect(statusOf(await ask(front, { headers: { cookie } }))).toBe(200);
    for (const [language, word] of [
      ["en", "wait"] as const,
      ["es", "Espera"] as const,
      ["ar", "انتظر"] as const,
    ]) {
      const headers = { cookie, accept: "text/html", "accept-language": language };
      const heard = await ask(front, { headers });
      expect(statusOf(heard)).toBe(429);
      expect(heard).toMatch(/^retry-after: \d+\r$/im);
      expect(heard).toContain(`lang="${language}"`);
      expect(heard).toContain(word);
    }
  });

  it("are answered in the format of tRPC's client, in a batch as well", async () => {
    const front = await start(answer, { readsPerMinute: 4 });
    const headers = { cookie };
    await ask(front, { headers });
    const one = await ask(front, { path: "/api/trpc/person.me", headers });
    expect(JSON.parse(one.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      error: { json: { data: { code: "TOO_MANY_REQUESTS", reason: "tooManyReads" } } },
    });
    const batch = await ask(front, { path: "/api/trpc/a,b?batch=1", headers });
    expect(JSON.parse(batch.split("\r\n\r\n")[1] ?? "")).toHaveLength(2);
  });

  it("exclude files of the build, health and writes", async () => {
    const front = await start(answer, { readsPerMinute: 4 });
    await ask(front, {});
    expect(statusOf(await ask(front, {}))).toBe(429);
    for (const path of ["/_next/static/x.js", "/icons/icon-192.png", "/api/health"]) {
      expect([path, statusOf(await ask(front, { path }))]).toEqual([path, 200]);
    }
    expect(statusOf(await ask(front, { path: "/icons-club/browse" }))).toBe(429);
    const write = { method: "POST", headers: { origin: "http://localhost" } };
    expect(statusOf(await ask(front, { ...write, path: "/api/trpc/listing.create" }))).toBe(200);
  });
});

describe("evading the read limit", () => {
  const headers = { cookie: "evenhour.session=abc", origin: "http://localhost:3000" };
  /** Searches are a tenth: three in a quarter of a minute. */
  const readsPerMinute = 120;
  const statuses = async (asked: Asked, times: number) => {
    const front = await start(answer, { readsPerMinute });
    const heard = [];
    for (let time = 0; time < times; time += 1) {
      heard.push(statusOf(await ask(front, { headers, ...asked })));
    }
    return heard;
  };

  it("fails with batches: each procedure counts", async () => {
    const path = `/api/trpc/${Array(3).fill("listing.browse").join(",")}?batch=1`;
    expect(await statuses({ path }, 2)).toEqual([200, 429]);
    const pages = `/api/trpc/${Array(10).fill("home.get").join(",")}?batch=1`;
    expect(await statuses({ path: pages }, 4)).toEqual([200, 200, 200, 429]);
  });

  it("fails with an encoded URL of a search", async () => {
    for (const path of ["/api/trpc/listing%2Ebrowse?input=x", "/elm/%62rowse?words=x"]) {
      expect([path, await statuses({ path }, 4)]).toEqual([path, [200, 200, 200, 429]]);
    }
  });

  it("fails with the headers of a prefetch for what is none", async () => {
    const prefetch = { "next-router-prefetch": "1" };
    for (const [path, headers] of [
      ["/api/trpc/listing.browse?input=x", prefetch],
      ["/api/trpc/listing.browse?input=x", { ...prefetch, rsc: "1" }],
      ["/elm/browse?words=x", prefetch],
      // A prefetch that renders the page.
      ["/elm/browse?words=x", { rsc: "1", "next-router-prefetch": "2" }],
    ] as const) {
      expect([path, headers, await statuses({ path, headers }, 4)]).toEqual([
        path,
        headers,
        [200, 200, 200, 429],
      ]);
    }
  });

  it("does not count the prefetch of a link to the search as a search", async () => {
    const headers = { rsc: "1", "next-router-prefetch": "1" };
    expect(await statuses({ path: "/elm/browse?_rsc=x", headers }, 4)).toEqual(Array(4).fill(200));
  });

  it("fails with a page requested by POST", async () => {
    for (const path of ["/", "/elm/browse?words=x", "/%61pi/elm"]) {
      expect([path, await statuses({ path, method: "POST" }, 1)]).toEqual([path, [405]]);
    }
    for (const path of ["/api/../elm", "/api/%2e%2E/elm", "/api/photos\\..\\..\\elm"]) {
      expect([path, await statuses({ path, method: "POST" }, 1)]).toEqual([path, [400]]);
    }
  });
});

describe("requests through a proxy that is not trusted", () => {
  it("are warned about once, and their headers are dropped", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const front = await start();
    const headers = { "x-forwarded-for": "10.9.9.9" };
    for (let count = 0; count < 3; count += 1) {
      expect(await ask(front, { headers })).toContain("asked as 127.0.0.1");
    }
    expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(/TRUST_PROXY/)]);
    const trusting = await start(answer, { trustedProxies: 1 });
    expect(await ask(trusting, { headers })).toContain("asked as 10.9.9.9");
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});

describe("the log of requests", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("has the route and the status of each at the level debug, and nothing at others", async () => {
    const lines = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const front = await start();
    await ask(front, { path: "/elm/browse?words=secret" });
    expect(lines).not.toHaveBeenCalled();
    vi.stubEnv("EVENHOUR_LOG_LEVEL", "debug");
    await ask(front, { path: "/elm/browse?words=secret" });
    await ask(front, { path: "/elm", headers: { "content-length": "99999999" } });
    await vi.waitFor(() => expect(lines).toHaveBeenCalledTimes(2), PATIENTLY);
    expect(lines.mock.calls.flat()).toEqual([
      expect.stringMatching(/^\[request\] GET \/\[community\]\/browse 200 in \d+ ms$/),
      expect.stringMatching(/^\[request\] GET \/\[community\] 413 in \d+ ms$/),
    ]);
    lines.mockRestore();
  });
});

describe("a failure behind the server", () => {
  it("is a 503 during an outage of the database, and else a 500", async () => {
    const { recordOutage } = await import("../../platform/db/outage");
    const front = await start(async ({ url }, response) => {
      if (url === "/away") recordOutage(Object.assign(new Error("full"), { code: "53100" }));
      response.statusCode = 500;
      response.end("failed");
    });
    expect(statusOf(await ask(front, { path: "/ours" }))).toBe(500);
    const heard = await ask(front, { path: "/away" });
    expect(statusOf(heard)).toBe(503);
    expect(heard).toMatch(/retry-after: 5/i);
  });
});
