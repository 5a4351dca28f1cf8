/** The worker with a fake network and fake caches; e2e/offline.spec.ts runs it in a browser. */
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PAGES_STORE } from "../domain/offline/offline";

const SITE = "https://evenhour.example.org";
const HOME = "/elm-street";

type Key = string | { url: string };
const pathOf = (key: Key) => new URL(typeof key === "string" ? key : key.url, SITE).pathname;

class FakeCache {
  responses = new Map<string, Response>();
  match = async (key: Key) => this.responses.get(pathOf(key))?.clone();
  put = async (key: Key, response: Response) => void this.responses.set(pathOf(key), response);
  delete = async (key: Key) => this.responses.delete(pathOf(key));
  keys = async () => [...this.responses.keys()].map((path) => ({ url: SITE + path }));
}

const stores = new Map<string, FakeCache>();
const caches = {
  open: async (name: string) => {
    const store = stores.get(name) ?? new FakeCache();
    stores.set(name, store);
    return store;
  },
  delete: async (name: string) => stores.delete(name),
  keys: async () => [...stores.keys()],
};

type Listener = (event: object) => void;
const listeners = new Map<string, Listener>();

/** The network's response to each path; a request for any other path fails as if offline. */
let network = new Map<string, () => Promise<Response>>();
let requested: string[] = [];

vi.stubGlobal("caches", caches);
vi.stubGlobal("fetch", async (request: Key) => {
  requested.push(pathOf(request));
  const respond = network.get(pathOf(request));
  if (!respond) throw new TypeError("Failed to fetch");
  return respond();
});

let shown: { title: string; [option: string]: unknown }[] = [];
let windows: { url: string; focus: () => Promise<void> }[] = [];
let opened: string[] = [];

vi.stubGlobal("self", {
  version: "one",
  location: new URL(SITE),
  registration: {
    showNotification: async (title: string, options: object) =>
      void shown.push({ title, ...options }),
  },
  clients: {
    claim: async () => undefined,
    matchAll: async () => windows,
    openWindow: async (url: string) => void opened.push(url),
  },
  skipWaiting: async () => undefined,
  addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
});
await import("./service-worker");
// Other test files run in the same process.
afterAll(() => vi.unstubAllGlobals());

const page = (words: string, status = 200) =>
  new Response(`<html lang="en"><p>${words}</p></html>`, {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
const respond = (path: string, response: () => Response | Promise<Response>) =>
  network.set(path, async () => response());

/** Dispatches an event to the worker. @returns its response, and a promise of the end of its work */
function dispatch(name: string, event: object) {
  const work: Promise<unknown>[] = [];
  let response: Promise<Response> | undefined;
  listeners.get(name)?.({
    ...event,
    waitUntil: (each: Promise<unknown>) => work.push(each),
    respondWith: (each: Promise<Response>) => {
      response = each;
    },
  });
  const done = async () => {
    await response?.catch(() => undefined);
    await Promise.all(work);
  };
  return { response, done };
}

const request = (path: string, options: object = {}) =>
  dispatch("fetch", { request: { method: "GET", mode: "navigate", url: SITE + path, ...options } });

/** Opens a page. @returns its status and text, and whether it came from the cache */
async function open(path: string): Promise<string> {
  const { response, done } = request(path);
  const page = await response;
  const html = (await page?.text()) ?? "";
  await done();
  const text = /<p>(.*)<\/p>/.exec(html)?.[1];
  return `${page?.status} ${text}${/data-cached-at/.test(html) ? ", cached" : ""}`;
}

const cachedPaths = () => [...(stores.get(PAGES_STORE)?.responses.keys() ?? [])];

beforeEach(async () => {
  stores.clear();
  network = new Map();
  respond("/offline", () => page("offline"));
  await dispatch("install", {}).done();
  await dispatch("activate", {}).done();
  respond(HOME, () => page("Rosa"));
  requested = [];
});

describe("a page", () => {
  it("comes from the network while it answers, even with an error, else from the cache", async () => {
    expect(await open(HOME)).toBe("200 Rosa");
    respond(HOME, () => page("Rosa, later"));
    expect(await open(HOME)).toBe("200 Rosa, later");
    respond(HOME, () => page("trouble", 503));
    expect(await open(HOME)).toBe("503 trouble");
    network.clear();
    expect(await open(HOME)).toBe("200 Rosa, later, cached");
    expect(await open("/elm-street/members")).toBe("200 offline, cached");
  });

  it("is cached only if it is home or account, and deleted when its address answers 404", async () => {
    respond("/elm-street/members", () => page("members"));
    await open("/elm-street/members");
    await open(HOME);
    expect(cachedPaths()).toEqual([HOME]);
    respond(HOME, () => page("nothing here", 404));
    expect(await open(HOME)).toBe("404 nothing here");
    expect(cachedPaths()).toEqual([]);
  });
});

describe("the end of a session", () => {
  const signOut = () => request("/api/auth/signout", { method: "POST", mode: "cors" });

  it("deletes the cached pages even when the server does not answer", async () => {
    await open(HOME);
    respond("/api/auth/signout", () => new Promise<Response>(() => undefined));
    signOut();
    await vi.waitFor(() => expect(requested).toContain("/api/auth/signout"));
    expect(cachedPaths()).toEqual([]);
    network.clear();
    await open(HOME);
    await signOut().done();
    expect(cachedPaths()).toEqual([]);
  });

  it("discards a page requested before it that arrives afterwards", async () => {
    let arrive: (response: Response) => void = () => undefined;
    respond(HOME, () => new Promise<Response>((done) => (arrive = done)));
    respond("/api/auth/signout", () => page("signed out"));
    const early = request(HOME);
    await signOut().done();
    respond(HOME, () => page("Nils"));
    await open(HOME);
    arrive(page("Rosa"));
    await early.done();
    network.clear();
    expect(await open(HOME)).toBe("200 Nils, cached");
  });

  it("discards a page that is read while the sign-out is in progress", async () => {
    let finish: (response: Response) => void = () => undefined;
    respond("/api/auth/signout", () => new Promise<Response>((done) => (finish = done)));
    const signingOut = signOut();
    await vi.waitFor(() => expect(requested).toContain("/api/auth/signout"));
    await open(HOME);
    finish(page("signed out"));
    await signingOut.done();
    expect(cachedPaths()).toEqual([]);
  });

  it("is also recognised by the sign-in page", async () => {
    await open(HOME);
    respond("/sign-in", () => page("sign in"));
    await open("/sign-in");
    expect(cachedPaths()).toEqual([]);
  });

  it("is not recognised by a sign-in page that did not come from the network", async () => {
    await open(HOME);
    network.clear();
    expect(await open("/sign-in")).toBe("200 offline, cached");
    expect(cachedPaths()).toEqual([HOME]);
  });
});

describe("a message from a page", () => {
  const keep = { kind: "keep", path: HOME, language: "en", files: [] };
  const post = (data: object) => dispatch("message", { data }).done();

  it("requests a page once, until its copy is old or in another language", async () => {
    await post(keep);
    await post(keep);
    expect(requested).toEqual([HOME]);
    await post({ ...keep, language: "es" });
    expect(requested).toEqual([HOME, HOME]);
  });

  it("caches no other page, and no file outside the build", async () => {
    await post({ ...keep, path: "/settings", files: ["/api/photos/elm/1/large"] });
    expect(requested).toEqual([]);
  });

  it("caches the offline page in the language of the interface", async () => {
    await post({ kind: "language", language: "en" });
    expect(requested).toEqual([]);
    await post({ kind: "language", language: "ar" });
    expect(requested).toEqual(["/offline"]);
  });
});

describe("a push", () => {
  const path = "/elm-street/exchanges/1";
  const push = (text: string) => dispatch("push", { data: { text: () => text } }).done();
  const click = async (data: object | null) => {
    const close = vi.fn();
    await dispatch("notificationclick", { notification: { close, data } }).done();
    expect(close).toHaveBeenCalled();
  };
  beforeEach(() => {
    shown = [];
    windows = [];
    opened = [];
  });

  it("is shown in its language and direction, and replaces one about the same", async () => {
    const payload = { title: "Evenhour", body: "جديد", path, lang: "ar", dir: "rtl", tag: "one" };
    await push(JSON.stringify(payload));
    const { path: _, ...rest } = payload;
    expect(shown).toMatchObject([{ ...rest, data: { path }, renotify: true }]);
  });

  it("is shown even if it cannot be read", async () => {
    await push("hello");
    await dispatch("push", { data: null }).done();
    expect(shown.map(({ title }) => title)).toEqual(["Evenhour", "Evenhour"]);
  });

  it("opens its page, or focuses the window that shows it", async () => {
    const focus = vi.fn(async () => undefined);
    windows = [{ url: `${SITE}/elm-street/profile`, focus: vi.fn() }];
    await click({ path });
    expect(opened).toEqual([SITE + path]);
    windows.push({ url: SITE + path, focus });
    await click({ path });
    expect([opened.length, focus.mock.calls.length]).toEqual([1, 1]);
  });

  it("opens no other site", async () => {
    await click({ path: "//evil.example/x" });
    await click({ path: "https://evil.example" });
    await click(null);
    expect(opened.map((url) => new URL(url).origin)).toEqual([SITE, SITE, SITE]);
  });
});

describe("the worker does not handle", () => {
  it.each([
    ["/api/events", { mode: "cors" }],
    ["/api/trpc/home.get", { mode: "cors" }],
    ["/elm-street", { mode: "cors" }],
    ["/elm-street/account/statement.csv", {}],
    ["/elm-street", { method: "POST" }],
  ])("%s %o", (path, options) => {
    expect(request(path, options).response).toBeUndefined();
  });
});

it("deletes the files and pages of the previous version on activation", async () => {
  await open(HOME);
  await caches.open("evenhour-files-zero");
  await dispatch("activate", {}).done();
  expect(await caches.keys()).toEqual(["evenhour-files-one"]);
});
