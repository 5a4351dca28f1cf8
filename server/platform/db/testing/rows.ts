/** For tests of what the tables themselves refuse: a world with one of each, and good rows for it. */
import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { state } from "./books";
import { owner } from "./pools";
import { type Column, enums, type SchemaTable, schemaTable, schemaTables } from "./schema";

export type Row = Record<string, unknown>;

/** The ids of one community's rows that others refer to. */
export type World = {
  community: string;
  giver: string;
  receiver: string;
  /** Accounts without a member yet. */
  spares: [string, string];
  listing: string;
  exchange: string;
  transfer: string;
  user: string;
  photo: string;
  mail: string;
  session: string;
  notification: string;
  subscription: string;
};

/** The version of the world's event. */
const EVENT = 0;
const NOW = "2026-11-25T10:00:00Z";
const LATER = "2026-12-25T10:00:00Z";
let count = 0;

/**
 * The columns of a valid row that `derivedRow` does not know: values that a CHECK asks for. A new table
 * needs an entry only for such columns.
 */
const goodRows = {
  community: () => ({
    id: v7(),
    slug: `t-${v7()}`,
    name: "Test",
    about: "",
    language: "en",
    time_zone: "UTC",
    joining: "open",
    granularity: 15,
    floor: -600,
    soft_floor: 0,
    soft_ceiling: 0,
    newcomer_floor: 0,
    welcome_credit: 0,
    confirmation_days: 7,
    balances_visible: true,
    next_member_number: 1,
    created_at: NOW,
    region: null,
  }),
  account: ({ community }: World) => ({
    community_id: community,
    id: v7(),
    kind: "member",
    balance: 0,
    held: 0,
    version: 0,
    given: 0,
    received: 0,
    floor: null,
    ceiling: null,
    closed_at: null,
    vouched_at: null,
  }),
  member: ({ community, spares }: World) => ({
    community_id: community,
    id: spares[count % 2],
    number: count,
    user_id: null,
    role: "member",
    status: "active",
    display_name: "M",
    about: "",
    languages: [],
    neighbourhood: "",
    contact: "",
    joined_at: NOW,
    latitude: null,
    longitude: null,
    travel_minutes: 0,
    photo_id: null,
  }),
  neighbourhood: ({ community }: World) => ({
    community_id: community,
    id: v7(),
    name: `N ${v7()}`,
    latitude: 0,
    longitude: 0,
  }),
  invitation: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    token_hash: v7(),
    label: "",
    created_by_id: giver,
    acting_user_id: null,
    created_at: NOW,
    expires_at: LATER,
    max_uses: 3,
    uses: 0,
    withdrawn_at: null,
  }),
  member_join: ({ community, giver }: World) => ({
    community_id: community,
    member_id: giver,
    invitation_id: null,
    address_hash: "",
    joined_at: NOW,
  }),
  listing: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    member_id: giver,
    kind: "offer",
    status: "open",
    title: "T",
    description: "",
    category: "other",
    minutes: 60,
    places: [],
    availability: "",
    created_at: NOW,
    updated_at: NOW,
    expires_at: LATER,
    photo_id: null,
    needed_on: null,
    needed_time: "",
    language: "en",
    member_words: "",
  }),
  saved_search: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    member_id: giver,
    filters: {},
    created_at: NOW,
    seen_at: NOW,
  }),
  exchange: ({ community, giver, receiver }: World) => ({
    community_id: community,
    id: v7(),
    giver_id: giver,
    receiver_id: receiver,
    listing_id: null,
    status: "proposed",
    version: 1,
    title: "T",
    category: "other",
    starts_at: NOW,
    minutes: 60,
    place: "giver",
    place_note: "",
    pending_by_id: giver,
    agreed_at: null,
    reported_minutes: null,
    reported_at: null,
    reminded_at: null,
    ended_at: null,
    reversed_at: null,
    due_at: null,
    created_at: NOW,
    series_id: null,
    reschedule_to: null,
    overlap_exempt: false,
  }),
  exchange_event: ({ community, exchange, giver }: World) => ({
    community_id: community,
    exchange_id: exchange,
    version: count,
    at: NOW,
    member_id: giver,
    acting_user_id: null,
    kind: "proposed",
    minutes: null,
    starts_at: null,
    reason: "",
    cause: "",
  }),
  exchange_note: ({ community, exchange, giver }: World) => ({
    community_id: community,
    id: v7(),
    exchange_id: exchange,
    member_id: giver,
    acting_user_id: null,
    text: "Hello",
    created_at: NOW,
  }),
  thanks: ({ community, exchange, giver, receiver }: World) => ({
    community_id: community,
    exchange_id: exchange,
    from_member_id: receiver,
    to_member_id: giver,
    text: "Thank you",
    created_at: NOW,
    shown_from: NOW,
    hidden_at: null,
    edited_at: null,
  }),
  request_id: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    member_id: giver,
    content_hash: "0".repeat(64),
    created_at: NOW,
  }),
  private_word: ({ community, exchange, giver }: World) => ({
    community_id: community,
    exchange_id: exchange,
    from_member_id: giver,
    text: "Hm",
    created_at: NOW,
  }),
  photo: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    owner_id: giver,
    content_type: "image/webp",
    // As JSON tells bytes: in hexadecimal.
    bytes: "\\x01",
    square: "\\x02",
    width: 1,
    height: 1,
    sha256: "",
    created_at: NOW,
  }),
  transfer: ({ community, giver, receiver }: World) => ({
    community_id: community,
    id: v7(),
    kind: "welcome",
    debit_account_id: receiver,
    credit_account_id: giver,
    minutes: 60,
    debit_version: count,
    debit_balance: -60,
    credit_version: count,
    credit_balance: 60,
    exchange_id: null,
    reverses_id: null,
    authority: "vouch",
    event_exchange_id: null,
    event_version: null,
    vouched_member_id: giver,
    decided_by_id: null,
    decided_power: null,
    created_at: NOW,
  }),
  hold: ({ community, exchange, receiver }: World) => ({
    community_id: community,
    exchange_id: exchange,
    account_id: receiver,
    minutes: 60,
    status: "open",
    created_at: NOW,
    ended_at: null,
  }),
  vouch: ({ community, giver, receiver }: World) => ({
    community_id: community,
    member_id: receiver,
    kind: "approved",
    by_id: giver,
    acting_user_id: null,
    source_id: null,
    at: NOW,
  }),
  limit_decision: ({ community, giver, receiver }: World) => ({
    community_id: community,
    member_id: receiver,
    version: count,
    floor: null,
    ceiling: null,
    decided_by_id: giver,
    acting_user_id: null,
    reason: "because",
    at: NOW,
  }),
  notification: ({ community, exchange, giver }: World) => ({
    community_id: community,
    id: v7(),
    member_id: giver,
    kind: "needed",
    event: "noteWritten",
    exchange_id: exchange,
    about_id: null,
    event_version: null,
    by_id: null,
    created_at: NOW,
    seen_at: null,
    withdrawn_at: null,
    mailed_at: null,
    pushed_at: null,
    mail_id: null,
  }),
  availability: ({ community, giver }: World) => ({
    community_id: community,
    member_id: giver,
    weekday: 1,
    starts: count % 600,
    ends: 720,
  }),
  availability_override: ({ community, giver }: World) => ({
    community_id: community,
    id: v7(),
    member_id: giver,
    first_day: "2026-12-24",
    last_day: "2026-12-26",
    starts: null,
    ends: null,
  }),
  calendar_feed: ({ user }: World) => ({ user_id: user, token_hash: v7(), created_at: NOW }),
  installation: () => ({ id: 1, setup_token_hash: null, claimed_at: null }),
  user: () => ({
    id: v7(),
    email: `${v7()}@example.org`,
    password_hash: null,
    name: "U",
    created_at: NOW,
    email_verified_at: null,
    language: null,
    clock: null,
    first_day: null,
    credential_version: 1,
    former_email: null,
    former_email_until: null,
  }),
  session: ({ user }: World) => ({
    id: v7(),
    user_id: user,
    user_agent: "",
    created_at: NOW,
    last_seen_at: NOW,
    expires_at: LATER,
    ended_at: null,
  }),
  identity: ({ user }: World) => ({ issuer: "https://id.example", subject: v7(), user_id: user }),
  sign_in_link: ({ user }: World) => ({
    token_hash: v7(),
    user_id: user,
    created_at: NOW,
    expires_at: LATER,
    used_at: null,
  }),
  email_change: ({ user }: World) => ({
    user_id: user,
    email: `${v7()}@example.org`,
    token_hash: v7(),
    expires_at: LATER,
  }),
  mail: ({ community, giver }: World) => ({
    id: v7(),
    recipient: "a@example.org",
    subject: "S",
    text: "T",
    html: "<p>T</p>",
    created_at: NOW,
    sent_at: null,
    expires_at: null,
    failed_at: null,
    community_id: community,
    member_id: giver,
    kind: null,
    thread: null,
    calendar: null,
  }),
  notification_settings: ({ community, giver }: World) => ({
    community_id: community,
    member_id: giver,
    mail: ["needed"],
    push: [],
    quiet_from: "21:00",
    quiet_until: "08:00",
    digest: "weekly",
    hides_titles: false,
    digest_due_at: null,
    digest_until: null,
  }),
  push_subscription: ({ user, session }: World) => ({
    id: v7(),
    user_id: user,
    session_id: session,
    endpoint: `https://push.example.org/${v7()}`,
    p256dh: "B",
    auth_secret: "a",
    full_text: false,
    created_at: NOW,
    last_sent_at: null,
    failures: 0,
    retry_at: null,
  }),
  push: ({ community, notification, subscription }: World) => ({
    community_id: community,
    id: v7(),
    subscription_id: subscription,
    notification_id: notification,
    payload: "{}",
    topic: "t",
    is_urgent: false,
    created_at: NOW,
  }),
  mail_token: ({ mail }: World) => ({ mail_id: mail, sealed: "S" }),
  known_device: ({ user }: World) => ({
    user_id: user,
    token_hash: v7(),
    session_id: v7(),
    last_used_at: NOW,
  }),
  revocation: ({ user }: World) => ({
    id: v7(),
    user_id: user,
    cause: "addressVerified",
    revoked: ["password"],
    at: NOW,
    seen_at: null,
  }),
  rate_limit: () => ({ key: v7(), points: 0, expire: null }),
} satisfies Record<string, (world: World) => Row>;

/** What a transfer has whose authority is the world's event. */
export const byEvent = ({ exchange }: World): Row => ({
  authority: "event",
  event_exchange_id: exchange,
  event_version: EVENT,
  vouched_member_id: null,
});

export type Table = keyof typeof goodRows;
/** Every table of the schema; one without an entry above has the derived row only. */
export const TABLES = schemaTables.map(({ name }) => name as Table);

/** The row of the world that a reference points to. */
const referred = ({ spares: _, ...world }: World): Record<string, string> => ({
  ...world,
  push_subscription: world.subscription,
  account: world.giver,
  member: world.giver,
});

function derivedValue(world: World, table: SchemaTable, column: Column): unknown {
  const { name, type, isList, isOptional, isUuid } = column;
  if (name === "community_id") return world.community;
  if (isOptional) return null;
  if (isList) return [];
  const parent = table.references.find(({ columns }) => columns.at(-1) === name)?.parent;
  if (parent) return referred(world)[parent];
  const isKey = table.keys.some((key) => key.includes(name));
  if (isUuid || (isKey && type === "String")) return v7();
  const values = { String: "", Int: isKey ? count : 0, Boolean: false, Json: {}, DateTime: NOW };
  if (type in values) return values[type as keyof typeof values];
  return type === "Bytes" ? "\\x01" : enums.get(type)?.[0];
}

/** A row by the types of the columns, with a key of its own. */
const derivedRow = (world: World, table: SchemaTable): Row =>
  Object.fromEntries(
    table.columns
      .filter(({ isGenerated }) => !isGenerated)
      .map((column) => [column.name, derivedValue(world, table, column)]),
  );

/** A row that the table takes, except for what the changes make of it. */
export function rowOf(world: World, table: Table, changes: Row = {}): Row {
  count += 1;
  const good = (goodRows[table] as ((world: World) => Row) | undefined)?.(world);
  return { ...derivedRow(world, schemaTable(table)), ...good, ...changes };
}

/** Speaks to the database: `owner()`, or one transaction of it. */
type Asker = { query: (text: string, values: unknown[]) => Promise<unknown> };

export function insert(asker: Asker, table: Table, row: Row): Promise<unknown> {
  // By name: some columns are made by the database itself.
  const columns = Object.keys(row).map((name) => `"${name}"`);
  return asker.query(
    `INSERT INTO "${table}" (${columns})
     SELECT ${columns} FROM jsonb_populate_record(NULL::"${table}", $1)`,
    [JSON.stringify(row)],
  );
}

export async function makeWorld(): Promise<World> {
  const ids = Array.from({ length: 14 }, () => v7());
  const [community = "", giver = "", receiver = "", one = "", two = "", ...rest] = ids;
  const [listing = "", exchange = "", transfer = "", user = "", photo = "", ...more] = rest;
  const [mail = "", session = "", notification = "", subscription = ""] = more;
  const world = {
    community,
    giver,
    receiver,
    listing,
    exchange,
    transfer,
    user,
    photo,
    mail,
    session,
    notification,
    subscription,
  };
  const whole: World = { ...world, spares: [one, two] };
  const put = (table: Table, changes: Row) => insert(owner(), table, rowOf(whole, table, changes));
  await put("community", { id: community });
  await put("user", { id: user });
  await put("account", { id: community, kind: "fund" });
  for (const id of [giver, receiver, one, two]) await put("account", { id });
  for (const id of [giver, receiver]) await put("member", { id });
  await put("listing", { id: listing });
  await put("exchange", { id: exchange });
  await put("exchange_event", { version: EVENT });
  await put("vouch", { member_id: giver, by_id: receiver });
  await put("transfer", { id: transfer });
  await put("photo", { id: photo });
  await put("mail", { id: mail });
  await put("session", { id: session });
  await put("notification", { id: notification });
  await put("push_subscription", { id: subscription });
  return whole;
}

/** Tries in a transaction of the owner that leaves nothing behind. */
export async function tried<Result>(
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await owner().connect();
  try {
    await client.query("BEGIN");
    return await work(client);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

/** How the table answers to a good row with these changes: "accepted", or the SQLSTATE. */
export const put = (world: World, table: Table, changes: Row): Promise<string> =>
  tried((client) => state(insert(client, table, rowOf(world, table, changes))));
