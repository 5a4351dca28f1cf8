import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localOf } from "../kernel/calendar";
import { afterQuietHours, defaultSettings, nextDigest, sendingTime } from "./channels";

const ZONE = "Europe/Berlin";
const at = (text: string) => new Date(text);
const base = { kind: "needed", createdAt: at("2026-12-01T11:00:00Z"), visitAt: null } as const;

describe("sendingTime", () => {
  it("is at once for what a member needs to know, even when e-mails of no kind are chosen", () => {
    const none = { ...defaultSettings, mail: [], push: [] };
    expect(sendingTime("mail", base, none, ZONE)).toEqual(base.createdAt);
    expect(sendingTime("push", base, none, ZONE)).toBeNull();
  });

  it("is null for a kind that the member did not choose", () => {
    const community = { ...base, kind: "community" } as const;
    expect(sendingTime("mail", community, defaultSettings, ZONE)).toBeNull();
    const chosen = { ...defaultSettings, mail: ["community"] as const };
    expect(sendingTime("mail", community, chosen, ZONE)).toEqual(base.createdAt);
  });

  it("gives a message two hours to be seen before its e-mail, but not before its push message", () => {
    const message = { ...base, kind: "messages" } as const;
    expect(sendingTime("mail", message, defaultSettings, ZONE)).toEqual(at("2026-12-01T13:00:00Z"));
    expect(sendingTime("push", message, defaultSettings, ZONE)).toEqual(base.createdAt);
  });

  it("waits for the end of the quiet hours, unless help is within twelve hours", () => {
    // 23:30 in Berlin; the quiet hours end at 8:00.
    const late = { ...base, createdAt: at("2026-12-01T22:30:00Z") };
    const morning = at("2026-12-02T07:00:00Z");
    expect(sendingTime("mail", late, defaultSettings, ZONE)).toEqual(morning);
    const soon = { ...late, visitAt: at("2026-12-02T10:30:00Z") };
    expect(sendingTime("mail", soon, defaultSettings, ZONE)).toEqual(late.createdAt);
    expect(sendingTime("push", soon, defaultSettings, ZONE)).toEqual(late.createdAt);
    const later = { ...late, visitAt: at("2026-12-02T10:30:01Z") };
    expect(sendingTime("mail", later, defaultSettings, ZONE)).toEqual(morning);
    const past = { ...late, visitAt: at("2026-12-01T20:00:00Z") };
    expect(sendingTime("mail", past, defaultSettings, ZONE)).toEqual(morning);
    const thanks = { ...soon, kind: "thanks" } as const;
    expect(sendingTime("mail", thanks, defaultSettings, ZONE)).toEqual(morning);
  });
});

describe("quiet hours", () => {
  const night = { quietFrom: "21:00", quietUntil: "08:00" };

  it("begin and end at their local times", () => {
    const until = (text: string) => afterQuietHours(at(text), night, ZONE).toISOString();
    expect(until("2026-12-01T19:59:59Z")).toBe("2026-12-01T19:59:59.000Z");
    expect(until("2026-12-01T20:00:00Z")).toBe("2026-12-02T07:00:00.000Z");
    expect(until("2026-12-02T06:59:59Z")).toBe("2026-12-02T07:00:00.000Z");
    expect(until("2026-12-02T07:00:00Z")).toBe("2026-12-02T07:00:00.000Z");
  });

  it("may be within one day, or nothing", () => {
    const noon = { quietFrom: "12:00", quietUntil: "14:00" };
    const time = at("2026-12-01T11:30:00Z");
    expect(afterQuietHours(time, noon, ZONE)).toEqual(at("2026-12-01T13:00:00Z"));
    expect(afterQuietHours(time, { quietFrom: "12:00", quietUntil: "12:00" }, ZONE)).toEqual(time);
  });

  it("end once, over both changes of the clock", () => {
    const until = (text: string) => afterQuietHours(at(text), night, ZONE).toISOString();
    expect(until("2026-03-28T22:00:00Z")).toBe("2026-03-29T06:00:00.000Z");
    expect(until("2026-10-24T22:00:00Z")).toBe("2026-10-25T07:00:00.000Z");
    const odd = { quietFrom: "02:00", quietUntil: "02:30" };
    // 2:15 for the second time: 2:30 has been.
    const second = at("2026-10-25T01:15:00Z");
    expect(afterQuietHours(second, odd, ZONE)).toEqual(second);
  });

  it("never send within them, nor earlier than the instant", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const zones = fc.constantFrom("Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "UTC");
    const instants = fc.date({ min: at("2026-01-01"), max: at("2027-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, time, time, zones, (instant, quietFrom, quietUntil, zone) => {
        const sent = afterQuietHours(instant, { quietFrom, quietUntil }, zone);
        expect(sent.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(sent.getTime() - instant.getTime()).toBeLessThanOrEqual(25 * 60 * 60_000);
        // Where the clock changed in between, the end may be in an hour that is skipped or occurs twice.
        if (sent.getTime() === instant.getTime()) return;
        const shown = localOf(sent, zone).time;
        if (shown.slice(3) === quietUntil.slice(3)) return;
        throw new Error(`${shown} is not the end of ${quietFrom} to ${quietUntil} in ${zone}`);
      }),
    );
  });
});

describe("nextDigest", () => {
  const next = (interval: "daily" | "weekly" | "monthly", now: string) =>
    nextDigest(interval, at(now), ZONE)?.toISOString();

  it("is the next morning, Monday or first of a month, over New Year and the changes of the clock", () => {
    expect(next("daily", "2026-12-31T07:00:00Z")).toBe("2027-01-01T07:00:00.000Z");
    expect(next("weekly", "2026-12-31T07:00:00Z")).toBe("2027-01-04T07:00:00.000Z");
    expect(next("monthly", "2026-12-31T22:59:00Z")).toBe("2027-01-01T07:00:00.000Z");
    // In Berlin the year has begun.
    expect(next("monthly", "2026-12-31T23:00:00Z")).toBe("2027-02-01T07:00:00.000Z");
    expect(next("daily", "2026-03-28T12:00:00Z")).toBe("2026-03-29T06:00:00.000Z");
    expect(next("daily", "2026-10-24T12:00:00Z")).toBe("2026-10-25T07:00:00.000Z");
    expect(next("weekly", "2026-11-30T06:00:00Z")).toBe("2026-12-07T07:00:00.000Z");
  });

  it("is never for those who want none", () => {
    expect(nextDigest("never", at("2026-12-31T07:00:00Z"), ZONE)).toBeNull();
  });
});
