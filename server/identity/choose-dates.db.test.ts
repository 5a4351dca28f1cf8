import { describe, expect, it } from "vitest";
import { makeCommunity, openSession, procedures } from "../testing/people";
import { resumeSession } from "./session";

describe("formats of dates and times", () => {
  it("come with each session, and are the community's until the user chooses", async () => {
    const { slug, members } = await makeCommunity(["rosa"]);
    const { userId } = members.rosa;
    const now = new Date();
    const sessionId = await openSession(userId, "Firefox", now);
    const reader = async () => (await resumeSession(sessionId, now))?.reader;
    const communities = [{ slug, region: "ES", timeZone: "Europe/Madrid" }];
    const unchosen = { clock: null, firstDay: null, communities };
    expect(await reader()).toMatchObject(unchosen);
    const { chooseDates } = procedures(userId).person;
    await chooseDates({ clock: "h12", firstDay: 7 });
    expect(await reader()).toMatchObject({ clock: "h12", firstDay: 7, communities });
    await chooseDates({ clock: null, firstDay: null });
    expect(await reader()).toMatchObject(unchosen);
  });
});
