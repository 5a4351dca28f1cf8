/** The imprint and the privacy notice: who fills them in, and who reads them. */
import { v7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "../platform/db/client";
import { env } from "../platform/env";
import { makeCommunity, makeUser, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"ana" | "ben">>>;
let fixture: Fixture;
const coordinator = (now?: Date) => procedures(fixture.coordinator.userId, now);
const ana = () => procedures(fixture.members.ana.userId);

const content = {
  responsible: "Elm Street Neighbours e. V.",
  address: "Elm Street 1\n12345 Town",
  contact: "hello@example.org\n+49 30 5550148",
  dataContact: "",
  hosting: "On a computer in the library",
  addition: "We print the list of members for the notice board.",
};
const fill = (changes: Partial<typeof content> = {}, who = coordinator()) =>
  who.privacy.update({ community: fixture.slug, ...content, ...changes });
const read = (who = ana(), token?: string) =>
  who.privacy.read({ community: fixture.slug, ...(token && { token }) });
/** "yes", or the code of the refusal. */
const mayRead = (who: ReturnType<typeof procedures>, token?: string) =>
  read(who, token).then(
    () => "yes",
    (error: { cause?: { code?: string } }) => error.cause?.code,
  );
const invite = async (days = 7) =>
  (
    await coordinator().community.invite({
      community: fixture.slug,
      label: "",
      days,
      maxUses: 1,
    })
  ).token;
const setStatus = (name: "ana" | "ben", status: "left" | "suspended" | "applied" | "paused") =>
  db.member.update({
    where: { communityId_id: { communityId: fixture.id, id: fixture.members[name].id } },
    data: { status },
  });

beforeEach(async () => {
  fixture = await makeCommunity(["ana", "ben"]);
});

describe("a notice that is not filled in", () => {
  it("is readable all the same, with the facts of the installation", async () => {
    expect(await read()).toMatchObject({
      notice: null,
      viewer: "member",
      facts: {
        backups: env().EVENHOUR_BACKUP_KEEP,
        sendsMail: false,
        mapHost: null,
        provider: null,
      },
    });
  });

  it("is reported to coordinators on their page and at home, and to nobody else", async () => {
    const at = { community: fixture.slug };
    expect((await coordinator().community.overview(at)).hasPrivacyNotice).toBe(false);
    expect((await coordinator().home.get(at)).lacksNotice).toBe(true);
    expect((await ana().home.get(at)).lacksNotice).toBe(false);
    await fill();
    expect((await coordinator().community.overview(at)).hasPrivacyNotice).toBe(true);
    expect((await coordinator().home.get(at)).lacksNotice).toBe(false);
  });
});

describe("filling it in", () => {
  it("stores the content, with the version and who changed it when", async () => {
    const now = new Date("2026-11-30T20:00:00Z");
    await fill({}, coordinator(now));
    expect((await read()).notice).toEqual({ ...content, version: 1, changedAt: now });
    const details = await coordinator().privacy.details({ community: fixture.slug });
    expect(details?.changedBy).toEqual({ displayName: "Carla", role: "coordinator" });
    expect(await db.privacyNotice.findUnique({ where: { communityId: fixture.id } })).toMatchObject(
      {
        changedById: fixture.coordinator.id,
        actingUserId: fixture.coordinator.userId,
      },
    );
  });

  it("counts a change as a version, and the same content again as none", async () => {
    const [first, second] = [new Date("2026-11-30T20:00:00Z"), new Date("2026-12-01T20:00:00Z")];
    await fill({}, coordinator(first));
    await fill({}, coordinator(second));
    expect((await read()).notice).toMatchObject({ version: 1, changedAt: first });
    await fill({ hosting: "" }, coordinator(second));
    expect((await read()).notice).toMatchObject({ version: 2, hosting: "", changedAt: second });
  });

  it("gives concurrent changes a version each", async () => {
    await Promise.all(["One", "Two", "Three", "Four"].map((responsible) => fill({ responsible })));
    expect((await read()).notice?.version).toBe(4);
  });

  it("cleans texts, and stores markup as text", async () => {
    await fill({
      responsible: " <b>Us</b> \u202E ",
      addition: "<script>alert(1)</script>\r\n\r\nx",
    });
    expect((await read()).notice).toMatchObject({
      responsible: "<b>Us</b>",
      addition: "<script>alert(1)</script>\n\nx",
    });
  });

  it.each([
    ["responsible", ""],
    ["responsible", "x".repeat(121)],
    ["address", " \n "],
    ["address", "x".repeat(301)],
    ["contact", ""],
    ["contact", "x".repeat(301)],
    ["dataContact", "x".repeat(301)],
    ["hosting", "x".repeat(201)],
    ["addition", "x".repeat(4001)],
  ])("refuses an invalid %s and stores nothing", async (field, value) => {
    await expect(fill({ [field]: value })).rejects.toThrow(field);
    expect((await read()).notice).toBeNull();
  });

  it("is refused to members", async () => {
    await expect(fill({}, ana())).rejects.toMatchObject({ cause: { code: "notFound" } });
    await expect(ana().privacy.details({ community: fixture.slug })).rejects.toMatchObject({
      cause: { code: "notFound" },
    });
  });
});

describe("reading it", () => {
  it("is allowed to everyone about whom the community stores data", async () => {
    expect(await mayRead(ana())).toBe("yes");
    for (const status of ["applied", "paused", "suspended", "left"] as const) {
      await setStatus("ben", status);
      expect([status, await mayRead(procedures(fixture.members.ben.userId))]).toEqual([
        status,
        "yes",
      ]);
    }
    expect((await read(procedures(fixture.members.ben.userId))).viewer).toBe("visitor");
  });

  it("is allowed before joining, with an invitation that works", async () => {
    const nobody = procedures(null);
    const token = await invite();
    expect(await mayRead(nobody, token)).toBe("yes");
    expect(await mayRead(procedures(await makeUser("Sam")), token)).toBe("yes");
    const late = procedures(null, new Date(Date.now() + 8 * 86_400_000));
    expect(await mayRead(late, token)).toBe("notFound");
    await db.invitation.updateMany({
      where: { communityId: fixture.id },
      data: { withdrawnAt: new Date() },
    });
    expect(await mayRead(nobody, token)).toBe("notFound");
  });

  it("is refused to strangers, as if the community did not exist", async () => {
    await fill();
    const elsewhere = await makeCommunity(["otto"]);
    expect(await mayRead(procedures(null))).toBe("notFound");
    expect(await mayRead(procedures(null), "x".repeat(43))).toBe("notFound");
    expect(await mayRead(procedures(elsewhere.coordinator.userId))).toBe("notFound");
    await expect(procedures(null).privacy.read({ community: `no-${v7()}` })).rejects.toMatchObject({
      cause: { code: "notFound" },
    });
  });

  it("is allowed to everyone while the community is open to all", async () => {
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    expect(await mayRead(procedures(null))).toBe("yes");
  });

  it("shows a visitor nothing of the community but its name and rules of the notice", async () => {
    await fill();
    const shown = await read(procedures(null), await invite());
    expect(Object.keys(shown.community).sort()).toEqual([
      "balancesVisible",
      "name",
      "slug",
      "timeZone",
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/Carla|ana|ben/);
  });
});
