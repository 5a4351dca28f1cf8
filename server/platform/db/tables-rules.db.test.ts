/** The CHECK constraints of each table. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { byEvent, makeWorld, put, type Row, type Table, type World } from "./testing/rows";

const AGAINST_A_RULE = "23514";

const onTheGrid: Row[] = [
  { latitude: 0, longitude: 0 },
  { latitude: 899_991, longitude: 1_799_820 },
  { latitude: -899_991, longitude: -1_799_820 },
  { latitude: 404_163, longitude: -37_030 },
  { latitude: 0, longitude: 1_799_982 },
  { latitude: 0, longitude: -1_799_982 },
];
const offTheGrid: Row[] = [
  { latitude: 26, longitude: 0 },
  { latitude: 0, longitude: 28 },
  // Whole at the equator, and not as far north as this.
  { latitude: 404_163, longitude: -37_044 },
  { latitude: 900_018, longitude: 0 },
  { latitude: -900_018, longitude: 0 },
  { latitude: 0, longitude: 1_800_009 },
  { latitude: 0, longitude: -1_800_009 },
  // Where the grid's next line lies just outside.
  { latitude: 214_002, longitude: 1_800_001 },
  { latitude: 214_002, longitude: -1_800_001 },
];

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

describe("the CHECK constraints", () => {
  type Rule = [table: Table, rule: string, accepted: () => Row[], refused: () => Row[]];
  const within = (column: string, low: number, high: number): [() => Row[], () => Row[]] => [
    () => [{ [column]: low }, { [column]: high }],
    () => [{ [column]: low - 1 }, { [column]: high + 1 }],
  ];
  const bytes = (count: number) => `\\x${"00".repeat(count)}`;
  const rules: Rule[] = [
    ["account", "nothing less than nothing is held", () => [], () => [{ held: -1 }]],
    ["account", "versions count from zero", () => [], () => [{ version: -1 }]],
    ["account", "nothing less than nothing was given", () => [], () => [{ given: -1 }]],
    ["account", "nothing less than nothing was received", () => [], () => [{ received: -1 }]],
    ["account", "a floor is never above zero", () => [{ floor: 0 }], () => [{ floor: 1 }]],
    ["account", "a ceiling is never below", () => [{ ceiling: 0 }], () => [{ ceiling: -1 }]],
    [
      "account",
      "the fund's is the one with the community's id",
      () => [],
      () => [{ kind: "fund" }, { kind: "member", id: world.community }],
    ],
    ["transfer", "moves from a minute to a thousand hours", ...within("minutes", 1, 60_000)],
    [
      "transfer",
      "moves between two accounts",
      () => [],
      () => [{ debit_account_id: world.giver, credit_account_id: world.giver }],
    ],
    [
      "transfer",
      "is an exchange's if and only if it names one",
      () => [{ kind: "exchange", exchange_id: world.exchange, ...byEvent(world) }],
      () => [{ kind: "exchange", ...byEvent(world) }, { exchange_id: world.exchange }],
    ],
    [
      "transfer",
      "is a reversal if and only if it names what it undoes",
      () => [{ kind: "reversal", reverses_id: world.transfer, ...byEvent(world) }],
      () => [{ kind: "reversal", ...byEvent(world) }, { reverses_id: world.transfer }],
    ],
    [
      "transfer",
      "of an exchange is authorized by an event of that exchange",
      () => [],
      () => [
        { kind: "exchange", exchange_id: world.exchange },
        {
          kind: "exchange",
          exchange_id: world.exchange,
          ...byEvent(world),
          event_exchange_id: v7(),
        },
        {
          kind: "exchange",
          exchange_id: world.exchange,
          ...byEvent(world),
          event_exchange_id: null,
        },
      ],
    ],
    [
      "transfer",
      "that reverses another is authorized by an event",
      () => [],
      () => [{ kind: "reversal", reverses_id: world.transfer }],
    ],
    [
      "transfer",
      "of a welcome credit is authorized by the vouch for who gets it",
      () => [],
      () => [byEvent(world), { vouched_member_id: world.receiver }],
    ],
    ["hold", "holds from a minute to a thousand hours", ...within("minutes", 1, 60_000)],
    [
      "hold",
      "has ended if and only if it is not open",
      () => [
        { status: "settled", ended_at: "2026-11-26T10:00:00Z" },
        { status: "released", ended_at: "2026-11-26T10:00:00Z" },
      ],
      () => [{ ended_at: "2026-11-26T10:00:00Z" }, { status: "settled" }, { status: "released" }],
    ],
    [
      "exchange",
      "is between two accounts, of which one may be the fund",
      () => [
        { receiver_id: world.community },
        { giver_id: world.community, pending_by_id: world.community },
      ],
      () => [{ giver_id: world.receiver, pending_by_id: world.receiver }],
    ],
    ["exchange", "takes from a minute to a thousand hours", ...within("minutes", 1, 60_000)],
    ["exchange", "took as much as that", ...within("reported_minutes", 1, 60_000)],
    [
      "exchange",
      "was last answered by one of its sides",
      () => [{ pending_by_id: world.giver }, { pending_by_id: world.receiver }],
      () => [{ pending_by_id: world.spares[0] }],
    ],
    [
      "exchange",
      "is asked to move only while it is agreed",
      () => [{ status: "agreed", reschedule_to: "2026-11-26T10:00:00Z" }],
      () => [{ reschedule_to: "2026-11-26T10:00:00Z" }],
    ],
    ...(
      [
        ["exchange_event", "member_id"],
        ["vouch", "by_id"],
        ["limit_decision", "decided_by_id"],
      ] as const
    ).map(
      ([table, member]): Rule => [
        table,
        "has no acting user without a member",
        () => [{ acting_user_id: world.user }, { [member]: null }],
        () => [{ acting_user_id: world.user, [member]: null }],
      ],
    ),
    ["member", "needs up to four hours for the way", ...within("travel_minutes", 0, 240)],
    ["availability", "is on a day of the week", ...within("weekday", 1, 7)],
    [
      "availability",
      "begins within its day, ends after that, and is at most a day long",
      () => [
        { starts: 0, ends: 1440 },
        { starts: 1439, ends: 2879 },
        { starts: 1320, ends: 1560 },
      ],
      () => [
        { starts: -1, ends: 60 },
        { starts: 1440, ends: 1500 },
        { starts: 60, ends: 1501 },
        { starts: 60, ends: 60 },
      ],
    ],
    [
      "availability_override",
      "does not end before it begins",
      () => [{ first_day: "2026-12-26" }],
      () => [{ first_day: "2026-12-27" }],
    ],
    [
      "availability_override",
      "has both times or none, and they are at most a day apart",
      () => [
        { starts: 0, ends: 1440 },
        { starts: 1439, ends: 2879 },
      ],
      () => [
        { starts: 60 },
        { ends: 60 },
        { starts: -1, ends: 60 },
        { starts: 1440, ends: 1500 },
        { starts: 60, ends: 1501 },
        { starts: 60, ends: 60 },
      ],
    ],
    [
      "community",
      "has two letters for its region",
      () => [{ region: "DE" }],
      () => [{ region: "de" }, { region: "DEU" }, { region: "" }],
    ],
    [
      "user",
      "reads one of two clocks",
      () => [{ clock: "h23" }, { clock: "h12" }],
      () => [{ clock: "h24" }],
    ],
    [
      "user",
      "has an address before the present one until a moment, or none",
      () => [{ former_email: `${v7()}@example.org`, former_email_until: "2026-12-01" }],
      () => [{ former_email: `${v7()}@example.org` }, { former_email_until: "2026-12-01" }],
    ],
    ["user", "begins a week on one of its days", ...within("first_day", 1, 7)],
    ["community", "counts in steps of up to an hour", ...within("granularity", 1, 60)],
    [
      "community",
      "warns at or above its floor, and never above zero",
      () => [{ floor: -60, soft_floor: -60 }, { soft_floor: 0 }],
      () => [{ floor: -60, soft_floor: -61 }, { soft_floor: 1 }],
    ],
    [
      "community",
      "lets newcomers go as far as everybody at most, and never above zero",
      () => [{ newcomer_floor: -600 }, { newcomer_floor: 0 }],
      () => [{ newcomer_floor: -601 }, { newcomer_floor: 1 }],
    ],
    ["community", "welcomes with up to a hundred hours", ...within("welcome_credit", 0, 6000)],
    ["community", "waits from a day to sixty", ...within("confirmation_days", 1, 60)],
    ["invitation", "is used as often as it says", ...within("uses", 0, 3)],
    [
      "thanks",
      "go from one person to another",
      () => [],
      () => [{ from_member_id: world.giver, to_member_id: world.giver }],
    ],
    [
      "request_id",
      "has a SHA-256 in hexadecimal",
      () => [{ content_hash: "9af".repeat(21).concat("0") }],
      () => [
        { content_hash: "0".repeat(63) },
        { content_hash: "0".repeat(65) },
        { content_hash: "G".repeat(64) },
      ],
    ],
    [
      "notification",
      "has one of the kinds",
      () =>
        ["needed", "messages", "thanks", "matches", "community", "coordination"].map((kind) => ({
          kind,
        })),
      () => [{ kind: "other" }],
    ],
    [
      "notification",
      "names what happened",
      () => [{ event: "x" }, { event: "x".repeat(40) }],
      () => [{ event: "" }, { event: "x".repeat(41) }],
    ],
    [
      "notification",
      "names a version only of an exchange",
      () => [{ exchange_id: null }, { event_version: null }],
      () => [{ exchange_id: null, event_version: 1 }],
    ],
    [
      "notification_settings",
      "names kinds of notifications",
      () => [
        { mail: [] },
        { mail: ["needed", "messages", "thanks", "matches", "community", "coordination"] },
      ],
      () => [{ mail: ["other"] }],
    ],
    [
      "notification_settings",
      "names kinds of push messages",
      () => [
        { push: [] },
        { push: ["needed", "messages", "thanks", "matches", "community", "coordination"] },
      ],
      () => [{ push: ["other"] }],
    ],
    [
      "notification_settings",
      "has quiet hours from one time of the day until another",
      () => [{ quiet_from: "00:00", quiet_until: "23:59" }, { quiet_from: "19:30" }],
      () => [{ quiet_from: "24:00" }, { quiet_until: "7:00" }, { quiet_from: "12:60" }],
    ],
    [
      "notification_settings",
      "has one of the intervals",
      () => ["daily", "weekly", "monthly", "never"].map((digest) => ({ digest })),
      () => [{ digest: "yearly" }],
    ],
    [
      "mail",
      "has a member with their community, and a kind only with a member",
      () => [{ kind: "thanks" }, { community_id: null, member_id: null, kind: null }],
      () => [
        { community_id: null },
        { member_id: null },
        { community_id: null, member_id: null, kind: "thanks" },
      ],
    ],
    [
      "push_subscription",
      "has an endpoint of some length",
      () => [{ endpoint: "x" }, { endpoint: "x".repeat(1000) }],
      () => [{ endpoint: "" }, { endpoint: "x".repeat(1001) }],
    ],
    [
      "push",
      "has a payload that push services accept",
      () => [{ payload: "x" }, { payload: "x".repeat(2000) }],
      () => [{ payload: "" }, { payload: "x".repeat(2001) }],
    ],
    ["photo", "is no wider than a page", ...within("width", 1, 1280)],
    ["photo", "is no higher than a page", ...within("height", 1, 1280)],
    [
      "photo",
      "has bytes, and no more than a megabyte",
      () => [{ bytes: bytes(1_000_000) }, { square: bytes(200_000) }],
      () => [
        { bytes: bytes(0) },
        { bytes: bytes(1_000_001) },
        { square: bytes(0) },
        { square: bytes(200_001) },
      ],
    ],
    [
      "saved_search",
      "filters are an object of some length",
      // As jsonb it is written {"words": "…"}: 13 bytes more.
      () => [{ filters: { words: "bread" } }, { filters: { words: "x".repeat(3987) } }],
      () => [{ filters: [] }, { filters: "words" }, { filters: { words: "x".repeat(3988) } }],
    ],
    [
      "member",
      "lives nowhere, or at a whole point of the grid",
      () => [...onTheGrid],
      () => [
        { latitude: 27, longitude: null },
        { latitude: null, longitude: 27 },
        { latitude: null, longitude: 0 },
        ...offTheGrid,
      ],
    ],
    [
      "neighbourhood",
      "has its middle at a whole point of the grid",
      () => onTheGrid,
      () => offTheGrid,
    ],
    ["installation", "is one", () => [], () => [{ id: 2 }]],
  ];

  it.each(rules)("%s: %s", async (table, _, accepted, refused) => {
    for (const changes of accepted()) {
      expect([changes, await put(world, table, changes)]).toEqual([changes, "accepted"]);
    }
    for (const changes of refused()) {
      expect([changes, await put(world, table, changes)]).toEqual([changes, AGAINST_A_RULE]);
    }
  });
});
