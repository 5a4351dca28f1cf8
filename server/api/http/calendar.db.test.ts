/** Calendar endpoints: access, expiry, and the escaping of text. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../../domain/kernel/calendar";
import { db } from "../../platform/db/client";
import { env } from "../../platform/env";
import { newToken } from "../../platform/tokens";
import { makeCommunity, procedures, signedInProcedures } from "../../testing/people";
import { calendarFeed } from "./calendar";

// Set before the environment is read.
const log = join(mkdtempSync(join(tmpdir(), "evenhour-calendar-")), "security.log");
Object.assign(process.env, { EVENHOUR_SECURITY_LOG: log });

const DAY = 86_400_000;
type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;

let fixture: Fixture;
let address = "";
beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  await propose(fixture, "Bicycles");
  address = (await (await signedInProcedures(fixture.members.karim.userId)).person.renewCalendar())
    .token;
});

/** Rosa proposes an exchange with Karim, a few days ahead. */
async function propose({ slug, members }: Fixture, title: string, days = 3): Promise<string> {
  const id = v7();
  await procedures(members.rosa.userId).exchange.propose({
    community: slug,
    id,
    otherId: members.karim.id,
    mySide: "receiver",
    note: "",
    confirmedDuplicate: true,
    title,
    category: "care",
    minutes: 45,
    place: "giver",
    placeNote: "at the back door",
    ...localOf(new Date(Date.now() + days * DAY), "Europe/Madrid"),
  });
  return id;
}

async function read(token: string) {
  const url = `${env().PUBLIC_URL}/api/calendar/${token}.ics`;
  const answer = await calendarFeed(new Request(url), `${token}.ics`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
/** Unfolds lines (RFC 5545): they end in CRLF, and a leading space continues the previous line. */
const linesOf = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");
const titles = (text: string) =>
  linesOf(text).flatMap((line) => /^SUMMARY:(.*)$/s.exec(line)?.[1] ?? []);

describe("a calendar's URL", () => {
  it("returns a calendar that is neither cached nor indexed", async () => {
    const { status, headers, text } = await read(address);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("x-robots-tag")).toBe("noindex");
    expect(titles(text).join()).toContain("Bicycles");
    // A calendar program must not get a member's address.
    expect(text).not.toContain("back door");
    expect(text).not.toContain(address);
  });

  it("names the other side's coordinator role in the title", async () => {
    const { slug, coordinator, members } = fixture;
    await procedures(coordinator.userId).exchange.propose({
      community: slug,
      id: v7(),
      otherId: members.karim.id,
      mySide: "receiver",
      note: "",
      title: "Chairs",
      category: "care",
      minutes: 45,
      place: "giver",
      placeNote: "",
      ...localOf(new Date(Date.now() + 4 * DAY), "Europe/Madrid"),
    });
    const found = titles((await read(address)).text);
    expect(found.find((title) => title.includes("Chairs"))).toContain("Carla (coordinator)");
    expect(found.find((title) => title.includes("Bicycles"))).not.toContain("(coordinator)");
  });

  it("returns 404 when it is invalid, replaced or deleted", async () => {
    const { userId } = fixture.members.rosa;
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

  it("shows nothing of a community whose member the user no longer is", async () => {
    const other = await makeCommunity(["rosa", "karim"] as const);
    const { userId } = fixture.members.karim;
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

  it("is rate limited", async () => {
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

  it("is never logged; only the refused attempt is", async () => {
    const wrong = newToken();
    await read(wrong);
    const text = readFileSync(log, "utf8");
    const last = JSON.parse(text.trim().split("\n").at(-1) ?? "");
    expect(last).toMatchObject({ event: "refused", what: "calendar.feed", why: "notFound" });
    expect(text).toContain('"why":"tooManyAttempts","address":"203.0.113.9"');
    for (const token of [wrong, address]) expect(text).not.toContain(token);
  });
});

describe("an entry, as a calendar program reads it", () => {
  /** The entries of a file; a program that cannot read it throws. */
  const entriesOf = (text: string) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents("vevent").map((entry) => {
      const event = new ICAL.Event(entry);
      const at = (name: string) => {
        const time = entry.getFirstPropertyValue(name);
        return time instanceof ICAL.Time ? time.toJSDate().getTime() : null;
      };
      const alarms = entry
        .getAllSubcomponents("valarm")
        .map((alarm) => [
          String(alarm.getFirstPropertyValue("action")),
          String(alarm.getFirstPropertyValue("trigger")),
        ]);
      return {
        uid: event.uid,
        sequence: event.sequence,
        location: event.location,
        alarms,
        status: String(entry.getFirstPropertyValue("status")),
        start: event.startDate.toJSDate().getTime(),
        stamp: at("dtstamp"),
        modified: at("last-modified"),
      };
    });
  };
  /** iCalendar times have a resolution of seconds. */
  const second = (at: Date) => Math.floor(at.getTime() / 1000) * 1000;

  it("has the time of its last change, and a higher sequence with each change", async () => {
    const own = await makeCommunity(["rosa", "karim"] as const);
    const { token } = await (
      await signedInProcedures(own.members.karim.userId)
    ).person.renewCalendar();
    const id = await propose(own, "Move the sofa");
    const read1 = async () => entriesOf((await read(token)).text)[0];
    const step = async () => {
      const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
      return { community: own.slug, id, version };
    };
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const as = (name: "rosa" | "karim", minutes: number) =>
      procedures(own.members[name].userId, later(minutes));
    const seen = [await read1()];
    await as("karim", 10).exchange.agree(await step());
    seen.push(await read1());
    const to = localOf(later(5 * 24 * 60), "Europe/Madrid");
    await as("rosa", 20).exchange.requestReschedule({ ...(await step()), ...to, reason: "" });
    await as("karim", 30).exchange.acceptReschedule(await step());
    seen.push(await read1());
    await as("rosa", 40).exchange.cancel({ ...(await step()), reason: "" });
    seen.push(await read1());
    const events = await db.exchangeEvent.findMany({ where: { exchangeId: id } });
    const changed = (version: number | undefined) =>
      second(events.find((event) => event.version === version)?.at ?? new Date(0));
    for (const entry of seen) {
      expect(entry?.stamp).toBe(changed(entry?.sequence));
      expect(entry?.modified).toBe(entry?.stamp);
      expect(entry?.uid).toBe(seen[0]?.uid);
    }
    const stamps = seen.map((entry) => entry?.stamp ?? 0);
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
    expect(seen.map((entry) => entry?.status)).toEqual([
      "TENTATIVE",
      "CONFIRMED",
      "CONFIRMED",
      "CANCELLED",
    ]);
    expect(seen[2]?.start).not.toBe(seen[1]?.start);
  });

  it("names the kind of place without an address, and has alarms once agreed", async () => {
    const own = await makeCommunity(["rosa", "karim"] as const);
    const { token } = await (
      await signedInProcedures(own.members.karim.userId)
    ).person.renewCalendar();
    const theirs = await (await signedInProcedures(own.members.rosa.userId)).person.renewCalendar();
    const id = await propose(own, "Water the plants");
    const proposed = entriesOf((await read(token)).text)[0];
    expect(proposed).toMatchObject({ location: "At your home", alarms: [] });
    expect(entriesOf((await read(theirs.token)).text)[0]?.location).toBe("At karim’s home");
    const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
    await procedures(own.members.karim.userId).exchange.agree({
      community: own.slug,
      id,
      version,
    });
    const agreed = await read(token);
    expect(entriesOf(agreed.text)[0]?.alarms).toEqual([
      ["DISPLAY", "-P1D"],
      ["DISPLAY", "-PT1H"],
    ]);
    expect(agreed.text).not.toContain("back door");
  });
});

describe("text that members wrote", () => {
  it("cannot break out of its line", async () => {
    const own = await makeCommunity(["rosa", "karim"] as const);
    const { token } = await (
      await signedInProcedures(own.members.karim.userId)
    ).person.renewCalendar();
    const evil =
      'a;b,c\\n"\r\nEND:VEVENT\r\nBEGIN:VALARM\rACTION:AUDIO\nATTACH:http://evil.example/ ';
    const id = await propose(own, "Help");
    // Input validation refuses such a line; this tests the output alone.
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
