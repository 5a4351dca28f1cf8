import { describe, expect, it } from "vitest";
import { isPushEndpoint, type PushPayload, readPayload, writePayload } from "./push";

const payload: PushPayload = {
  title: "Evenhour",
  body: "A neighbour wrote to you.",
  path: "/elm-street/exchanges/1",
  lang: "en",
  dir: "ltr",
  tag: "abc",
};

describe("isPushEndpoint", () => {
  it.each([
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://web.push.apple.com/QGg",
    "https://wns2-par02p.notify.windows.com/w/?token=a",
    "https://push.example.org:443/x",
  ])("accepts %s", (endpoint) => expect(isPushEndpoint(endpoint)).toBe(true));

  it.each([
    "http://push.example.org/x",
    "ftp://push.example.org/x",
    "https://push.example.org:8443/x",
    "https://user@push.example.org/x",
    "https://user:password@push.example.org/x",
    "https://localhost/x",
    "https://printer/x",
    "https://evenhour.localhost/x",
    "https://nas.local/x",
    "https://db.internal/x",
    "https://router.home.arpa/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f.0.0.1/x",
    "https://8.8.8.8/x",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://[fe80::1]/x",
    "https://push.example.org./x",
    "https://%6c%6f%63alhost/x",
    "https:///x",
    "//push.example.org/x",
    "push.example.org",
    "",
    `https://push.example.org/${"x".repeat(1000)}`,
  ])("refuses %s", (endpoint) => expect(isPushEndpoint(endpoint)).toBe(false));
});

describe("a payload", () => {
  it("is read as it was written", () =>
    expect(readPayload(writePayload(payload))).toEqual(payload));

  it("fits into what push services accept, however long its texts are", () => {
    const long = { ...payload, title: "🌻".repeat(5000), body: "ع".repeat(5000) };
    expect(new TextEncoder().encode(writePayload(long)).length).toBeLessThan(2000);
  });

  it.each([
    "",
    "hello",
    "null",
    "[]",
    "{}",
    '{"title":1}',
    JSON.stringify({ ...payload, dir: "up" }),
  ])("is not %s", (text) => expect(readPayload(text)).toBeNull());
});
