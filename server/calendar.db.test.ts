/** The door for calendars: whose it is, for how long, and that words stay words. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { calendarFeed } from "./calendar";
import { db } from "./db/client";
import { localOf } from "./domain/calendar";
import { env } from "./env";
import { newToken } from "./services/secret";
import { makeCommunity, procedures, signedInProcedures } from "./testing-people";

// Read when it is first needed.
const log = join(mkdtempSync(join(tmpdir(), "evenhour-calendar-")), "security.log");
Object.assign(process.env, { EVENHOUR_SECURITY_LOG: log });

const DAY = 86_400_000;
type Village = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;

let village: Village;
let address = "";
beforeAll(async () => {
  village = await makeCommunity(["rosa", "karim"] as const);
  await propose(village, "Bicycles");
  address = (await (await signedInProcedures(village.members.karim.userId)).person.renewCalendar())
    .token;
});

/** Rosa asks Karim for something that is to happen in some days. */
async function propose({ slug, members }: Village, title: string, days = 3): Promise<string> {
  const id = v7();
  await procedures(members.rosa.userId).exchange.propose({
    ...{ community: slug, id, otherId: members.karim.id, iAm: "receiver", note: "" },
    ...{ title, category: "care", minutes: 45, place: "giver", placeNote: "at the back door" },
    ...localOf(new Date(Date.now() + days * DAY), "Europe/Madrid"),
  });
  return id;
}

async function read(token: string) {
  const url = `${env().PUBLIC_URL}/api/calendar/${token}.ics`;
  const answer = await calendarFeed(new Request(url), `${token}.ics`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
/** As RFC 5545 says: lines end in CRLF, and one that begins with a blank goes on with the last. */
const linesOf = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");
const titles = (text: string) =>
  linesOf(text).flatMap((line) => /^SUMMARY:(.*)$/s.exec(line)?.[1] ?? []);

describe("a calendar's address", () => {
  it("gives a calendar that nobody keeps or finds", async () => {
    const { status, headers, text } = await read(address);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("x-robots-tag")).toBe("noindex");
    expect(titles(text).join()).toContain("Bicycles");
    // Where somebody lives is not for a program that anybody may run.
    expect(text).not.toContain("back door");
    expect(text).not.toContain(address);
  });

  it("gives nothing when it is wrong, old, or given up", async () => {
    const { userId } = village.members.rosa;
    const { token: old } = await (await signedInProcedures(userId)).person.renewCalendar();
    const { token } = await (await signedInProcedures(userId)).person.renewCalendar();
    expect((await read(token)).status).toBe(200);
    const inDatabase = (await db.calendarFeed.findUniqueOrThrow({ where: { userId } })).tokenHash;
    await procedures(userId).person.stopCalendar();
    for (const wrong of [old, token, newToken(), inDatabase, "", "x", "..", `${address}x`]) {
      const { status, headers, text } = await read(wrong);
      expect([wrong, status, headers.get("cache-control")]).toEqual([wrong, 404, "no-store"]);
      expect(text).not.toContain("BEGIN");
    }
  });

  it("tells nothing of a community that its person is no active part of any more", async () => {
    const other = await makeCommunity(["rosa", "karim"] as const);
    const { userId } = village.members.karim;
    await db.member.update({
      where: { communityId_id: { communityId: other.id, id: other.members.karim.id } },
      data: { userId },
    });
    await propose(other, "Elsewhere");
    const seen = async () => titles((await read(address)).text).join();
    expect(await seen()).toMatch(/Bicycles.*Elsewhere|Elsewhere.*Bicycles/s);
    for (const status of ["applied", "suspended", "left"] as const) {
      await db.member.updateMany({ where: { id: other.members.karim.id }, data: { status } });
      expect([status, await seen()]).toEqual([status, expect.not.stringContaining("Elsewhere")]);
      expect(await seen()).toContain("Bicycles");
    }
  });

  it("answers so often, and then asks to wait", async () => {
    const asking = () =>
      calendarFeed(
        new Request(env().PUBLIC_URL, { headers: { "x-evenhour-address": "203.0.113.9" } }),
        newToken(),
      );
    const statuses = new Set<number>();
    for (let count = 0; count < 301; count += 1) statuses.add((await asking()).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await read(address)).status).toBe(200);
  });

  it("stands in no log, which tells only that somebody tried", async () => {
    const wrong = newToken();
    await read(wrong);
    const text = readFileSync(log, "utf8");
    const last = JSON.parse(text.trim().split("\n").at(-1) ?? "");
    expect(last).toMatchObject({ event: "refused", what: "calendar.feed", why: "notFound" });
    expect(text).toContain('"why":"tooManyAttempts","address":"203.0.113.9"');
    for (const token of [wrong, address]) expect(text).not.toContain(token);
  });
});

describe("what people wrote", () => {
  it("stays within its line, whatever it is", async () => {
    const own = await makeCommunity(["rosa", "karim"] as const);
    const { token } = await (
      await signedInProcedures(own.members.karim.userId)
    ).person.renewCalendar();
    const evil =
      'a;b,c\\n"\r\nEND:VEVENT\r\nBEGIN:VALARM\rACTION:AUDIO\nATTACH:http://evil.example/ ';
    const id = await propose(own, "Help");
    // The services let no such line through; this is what happens if one did.
    await db.exchange.updateMany({
      where: { id },
      data: { title: `${evil}${"ü".repeat(60)}${"🌻".repeat(30)}` },
    });
    await db.member.updateMany({
      where: { id: own.members.rosa.id },
      data: { displayName: `Rosa\r\nX-EVIL:1 ${"‮أ".repeat(40)}` },
    });
    const { text } = await read(token);
    for (const line of text.split("\r\n")) {
      expect(line).not.toMatch(/[\r\n]/);
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
    const names = linesOf(text).map((line) => line.split(/[:;]/, 1)[0]);
    expect(names.filter((name) => name === "BEGIN")).toHaveLength(2);
    for (const evilName of ["X-EVIL", "ACTION", "ATTACH"]) expect(names).not.toContain(evilName);
    const [title = ""] = titles(text);
    expect(title).toContain('a\\;b\\,c\\\\n"\\nEND:VEVENT\\nBEGIN:VALARM\\nACTION:AUDIO\\nATTACH:');
    expect(title).toContain(`${"ü".repeat(60)}${"🌻".repeat(30)}`);
  });
});
