/** Queries return no member's name without the role, which the badge needs. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { db } from "../platform/db/client";
import { makeCommunity, procedures } from "../testing/people";

const DAY = 86_400_000;
const what = { title: "Shopping", category: "shopping" as const, minutes: 60 };
type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa">>>;

let fixture: Fixture;
let rosa: ReturnType<typeof procedures>;
let exchange = "";
let request = "";

beforeAll(async () => {
  fixture = await makeCommunity(["rosa"] as const, { welcomeCredit: 120 });
  const { slug: community, coordinator, members } = fixture;
  rosa = procedures(members.rosa.userId);
  const carla = procedures(coordinator.userId);
  const shown = { description: "", places: ["online" as const], availability: "" };
  request = v7();
  await rosa.listing.create({ community, id: request, kind: "request", ...what, ...shown });
  await carla.listing.create({ community, id: v7(), kind: "offer", ...what, ...shown });
  const music = { ...what, title: "Songs", category: "lessons" as const };
  await carla.listing.create({ community, id: v7(), kind: "request", ...music, ...shown });
  await rosa.listing.create({ community, id: v7(), kind: "offer", ...music, ...shown });
  exchange = v7();
  await rosa.exchange.record({
    community,
    id: exchange,
    otherId: coordinator.id,
    mySide: "receiver",
    note: "",
    ...what,
    date: localOf(new Date(Date.now() - DAY), "Europe/Madrid").date,
  });
  await carla.exchange.note({ community, id: v7(), exchangeId: exchange, text: "Welcome." });
  await carla.thanks.write({ community, exchangeId: exchange, text: "Thank you." });
  const { id: communityId } = fixture;
  await db.thanks.updateMany({ where: { communityId }, data: { shownFrom: new Date(0) } });
});

type Name = { displayName: string; role?: string };
/** All objects with a name in a response, at any depth. */
function namesIn(value: unknown): Name[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(namesIn);
  return "displayName" in value ? [value as Name, ...inside] : inside;
}

describe("the role of a member", () => {
  const answers: [string, () => Promise<unknown>][] = [
    ["the directory", () => rosa.member.list({ community: fixture.slug })],
    [
      "a member's page",
      () => rosa.member.get({ community: fixture.slug, id: fixture.coordinator.id }),
    ],
    ["the board", () => rosa.listing.browse({ community: fixture.slug })],
    ["home", () => rosa.home.get({ community: fixture.slug })],
    ["a list of exchanges", () => rosa.exchange.mine({ community: fixture.slug, part: "past" })],
    ["an exchange", () => rosa.exchange.get({ community: fixture.slug, id: exchange })],
    [
      "thanks",
      () => rosa.thanks.forMember({ community: fixture.slug, id: fixture.members.rosa.id }),
    ],
    [
      "the words of an exchange",
      () => rosa.thanks.forExchange({ community: fixture.slug, id: exchange }),
    ],
    ["the people one helped", () => rosa.account.neighbours({ community: fixture.slug })],
    ["suggestions", () => rosa.match.forListing({ community: fixture.slug, id: request })],
    ["pairs and circles", () => rosa.match.mine({ community: fixture.slug })],
  ];

  it.each(answers)("comes with the name in %s", async (_, ask) => {
    const names = namesIn(await ask());
    expect(names).not.toEqual([]);
    expect(names.filter(({ role }) => role === undefined)).toEqual([]);
    for (const { displayName, role } of names) {
      expect([displayName, role]).toEqual([
        displayName,
        displayName === "Carla" ? "coordinator" : "member",
      ]);
    }
    expect(names.map(({ displayName }) => displayName)).toContain("Carla");
  });

  it("comes with the name of a statement's other side", async () => {
    const { lines } = await rosa.account.statement({ community: fixture.slug });
    expect(lines[0]).toMatchObject({ counterpartName: "Carla", counterpartRole: "coordinator" });
    expect(lines.at(-1)).toMatchObject({ counterpartName: null, counterpartRole: null });
  });
});
