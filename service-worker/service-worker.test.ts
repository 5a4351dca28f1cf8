/** The worker among a line and stores that are made up; what a browser does with it is in e2e/offline.spec.ts. */
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PAGES_STORE } from "../domain/offline/offline";

const SITE = "https://evenhour.example.org";
const HOME = "/elm-street";

type Key = string | { url: string };
const nameOf = (key: Key) => new URL(typeof key === "string" ? key : key.url, SITE).pathname;

class Store {
  kept = new Map<string, Response>();
  match = async (key: Key) => this.kept.get(nameOf(key))?.clone();
  put = async (key: Key, answer: Response) => void this.kept.set(nameOf(key), answer);
  delete = async (key: Key) => this.kept.delete(nameOf(key));
  keys = async () => [...this.kept.keys()].map((path) => ({ url: SITE + path }));
}

const stores = new Map<string, Store>();
const caches = {
  open: async (name: string) => {
    const store = stores.get(name) ?? new Store();
    stores.set(name, store);
    return store;
  },
  delete: async (name: string) => stores.delete(name),
  keys: async () => [...stores.keys()],
};

type Listener = (event: object) => void;
const listeners = new Map<string, Listener>();

/** What the line answers to a path; without an answer there is no line. */
let line = new Map<string, () => Promise<Response>>();
let asked: string[] = [];

vi.stubGlobal("caches", caches);
vi.stubGlobal("fetch", async (request: Key) => {
  asked.push(nameOf(request));
  const answer = line.get(nameOf(request));
  if (!answer) throw new TypeError("Failed to fetch");
  return answer();
});
vi.stubGlobal("self", {
  version: "one",
  location: new URL(SITE),
  registration: {},
  clients: { claim: async () => undefined },
  skipWaiting: async () => undefined,
  addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
});
await import("./service-worker");
// The next file of this process has none of them.
afterAll(() => vi.unstubAllGlobals());

const page = (words: string, status = 200) =>
  new Response(`<html lang="en"><p>${words}</p></html>`, {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
const answers = (path: string, answer: () => Response | Promise<Response>) =>
  line.set(path, async () => answer());

/** Lets something happen to the worker. @returns what it answers, and when it is done with it */
function happen(name: string, event: object) {
  const work: Promise<unknown>[] = [];
  let answer: Promise<Response> | undefined;
  listeners.get(name)?.({
    ...event,
    waitUntil: (each: Promise<unknown>) => work.push(each),
    respondWith: (each: Promise<Response>) => {
      answer = each;
    },
  });
  const done = async () => {
    await answer?.catch(() => undefined);
    await Promise.all(work);
  };
  return { answer, done };
}

const ask = (path: string, request: object = {}) =>
  happen("fetch", { request: { method: "GET", mode: "navigate", url: SITE + path, ...request } });

/** Reads a page. @returns its status and words */
async function read(path: string): Promise<string> {
  const { answer, done } = ask(path);
  const shown = await answer;
  const text = await shown?.text();
  await done();
  return `${shown?.status} ${/<p>(.*)<\/p>/.exec(text ?? "")?.[1]}${/data-kept/.test(text ?? "") ? ", kept" : ""}`;
}

const keptPaths = () => [...(stores.get(PAGES_STORE)?.kept.keys() ?? [])];

beforeEach(async () => {
  stores.clear();
  line = new Map();
  answers("/offline", () => page("offline"));
  await happen("install", {}).done();
  await happen("activate", {}).done();
  answers(HOME, () => page("Rosa"));
  asked = [];
});

describe("a page", () => {
  it("comes by the line while there is one, whatever it is, and from the store without", async () => {
    expect(await read(HOME)).toBe("200 Rosa");
    answers(HOME, () => page("Rosa, later"));
    expect(await read(HOME)).toBe("200 Rosa, later");
    answers(HOME, () => page("trouble", 503));
    expect(await read(HOME)).toBe("503 trouble");
    line.clear();
    expect(await read(HOME)).toBe("200 Rosa, later, kept");
    expect(await read("/elm-street/members")).toBe("200 offline, kept");
  });

  it("is not kept when it is another one, and goes when its address refuses", async () => {
    answers("/elm-street/members", () => page("members"));
    await read("/elm-street/members");
    await read(HOME);
    expect(keptPaths()).toEqual([HOME]);
    answers(HOME, () => page("nothing here", 404));
    expect(await read(HOME)).toBe("404 nothing here");
    expect(keptPaths()).toEqual([]);
  });
});

describe("a session that ends", () => {
  const leave = () => ask("/api/auth/signout", { method: "POST", mode: "cors" });

  it("takes what was kept with it, though nobody answers", async () => {
    await read(HOME);
    answers("/api/auth/signout", () => new Promise<Response>(() => undefined));
    leave();
    await vi.waitFor(() => expect(asked).toContain("/api/auth/signout"));
    expect(keptPaths()).toEqual([]);
    line.clear();
    await read(HOME);
    await leave().done();
    expect(keptPaths()).toEqual([]);
  });

  it("ends what was asked for before, and comes after", async () => {
    let come: (answer: Response) => void = () => undefined;
    answers(HOME, () => new Promise<Response>((done) => (come = done)));
    answers("/api/auth/signout", () => page("left"));
    const early = ask(HOME);
    await leave().done();
    answers(HOME, () => page("Nils"));
    await read(HOME);
    come(page("Rosa"));
    await early.done();
    line.clear();
    expect(await read(HOME)).toBe("200 Nils, kept");
  });

  it("ends what was asked for between the wish and its answer", async () => {
    let end: (answer: Response) => void = () => undefined;
    answers("/api/auth/signout", () => new Promise<Response>((done) => (end = done)));
    const leaving = leave();
    await vi.waitFor(() => expect(asked).toContain("/api/auth/signout"));
    await read(HOME);
    end(page("left"));
    await leaving.done();
    expect(keptPaths()).toEqual([]);
  });

  it("is also one that leads to the sign-in page", async () => {
    await read(HOME);
    answers("/sign-in", () => page("sign in"));
    await read("/sign-in");
    expect(keptPaths()).toEqual([]);
  });

  it("is not a sign-in page that nobody gave out", async () => {
    await read(HOME);
    line.clear();
    expect(await read("/sign-in")).toBe("200 offline, kept");
    expect(keptPaths()).toEqual([HOME]);
  });
});

describe("what a page tells", () => {
  const keep = { kind: "keep", path: HOME, language: "en", files: [] };
  const tell = (data: object) => happen("message", { data }).done();

  it("has a page asked for once, until it is old or in another language", async () => {
    await tell(keep);
    await tell(keep);
    expect(asked).toEqual([HOME]);
    await tell({ ...keep, language: "es" });
    expect(asked).toEqual([HOME, HOME]);
  });

  it("keeps no other page, and no file but a built one", async () => {
    await tell({ ...keep, path: "/settings", files: ["/api/photos/elm/1/large"] });
    expect(asked).toEqual([]);
  });

  it("has the offline page kept in the language that is read", async () => {
    await tell({ kind: "language", language: "en" });
    expect(asked).toEqual([]);
    await tell({ kind: "language", language: "ar" });
    expect(asked).toEqual(["/offline"]);
  });
});

describe("what the worker does not touch", () => {
  it.each([
    ["/api/trpc/home.get", { mode: "cors" }],
    ["/elm-street", { mode: "cors" }],
    ["/elm-street/account/statement.csv", {}],
    ["/elm-street", { method: "POST" }],
  ])("%s %o", (path, request) => {
    expect(ask(path, request).answer).toBeUndefined();
  });
});

it("a new version throws away the files and pages of the one before", async () => {
  await read(HOME);
  await caches.open("evenhour-files-zero");
  await happen("activate", {}).done();
  expect(await caches.keys()).toEqual(["evenhour-files-one"]);
});
