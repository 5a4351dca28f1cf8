/** Compares everything that the database stores of a community with the model. */
import { isDeepStrictEqual } from "node:util";
import { checkBooks, readStatement } from "../../../server/ledger/statement";
import { app } from "../../../server/platform/db/testing/pools";
import { check } from "../proof";
import type { Books } from "./books";
import type { Exchanges } from "./exchanges";

const ALL = 1000;

export async function compare(community: string, books: Books, exchanges: Exchanges) {
  same("accounts", await readAccounts(community), modelAccounts(books));
  same("holds", await readHolds(community), modelHolds(books));
  same("exchanges", await readExchanges(community), modelExchanges(exchanges));
  for (const [id, account] of books.accounts) {
    const { lines } = await readStatement(community, id, { limit: ALL });
    const shown = lines.map(({ version, minutes, balance }) => [version, minutes, balance]);
    const expected = account.lines.map((line, index) => [index + 1, line.minutes, line.balance]);
    same(`statement of ${id}`, shown, expected.reverse());
  }
  same("acts by other users than their members'", await readForeignActs(community), []);
  same("check_books", await checkBooks(community), []);
}

function same(what: string, actual: unknown, expected: unknown): void {
  check(
    isDeepStrictEqual(actual, expected),
    `${what} differ: ${JSON.stringify(actual)} for ${JSON.stringify(expected)}`,
  );
}

const sorted = (rows: unknown[][]) => rows.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

async function readAccounts(community: string) {
  const { rows } = await app().query({
    text: `SELECT id, kind::text, balance, held, version, floor, ceiling, vouched_at IS NOT NULL,
             closed_at IS NOT NULL, given, received
           FROM account WHERE community_id = $1`,
    values: [community],
    rowMode: "array",
  });
  return sorted(rows);
}

function modelAccounts({ accounts, transfers }: Books) {
  const undone = new Set([...transfers.values()].map(({ reverses }) => reverses));
  const help = [...transfers.values()].filter(
    ({ id, kind }) => kind === "exchange" && !undone.has(id),
  );
  const total = (side: "debit" | "credit", account: string) =>
    help.filter((each) => each[side] === account).reduce((sum, { minutes }) => sum + minutes, 0);
  return sorted(
    [...accounts].map(([id, { kind, balance, held, version, floor, ceiling, vouched, closed }]) => [
      id,
      kind,
      balance,
      held,
      version,
      floor,
      ceiling,
      vouched,
      closed,
      total("credit", id),
      total("debit", id),
    ]),
  );
}

async function readHolds(community: string) {
  const { rows } = await app().query({
    text: `SELECT exchange_id, account_id, minutes, status::text FROM hold WHERE community_id = $1`,
    values: [community],
    rowMode: "array",
  });
  return sorted(rows);
}

const modelHolds = ({ holds: all }: Books) =>
  sorted([...all].map(([id, { account, minutes, status }]) => [id, account, minutes, status]));

async function readExchanges(community: string) {
  const { rows } = await app().query({
    text: `SELECT id, status::text, version, minutes, reported_minutes, pending_by_id,
             reversed_at IS NOT NULL
           FROM exchange WHERE community_id = $1 AND title = 'Help'`,
    values: [community],
    rowMode: "array",
  });
  return sorted(rows);
}

/** In this scene each user acts for their own member, and nobody acts when an exchange is due. */
async function readForeignActs(community: string) {
  const { rows } = await app().query({
    text: `SELECT e.id, event.version, event.kind, event.member_id, event.acting_user_id
           FROM exchange e
           JOIN exchange_event event ON event.community_id = e.community_id AND exchange_id = e.id
           LEFT JOIN member m ON m.community_id = e.community_id AND m.id = event.member_id
           WHERE e.community_id = $1 AND title = 'Help' AND acting_user_id IS DISTINCT FROM user_id`,
    values: [community],
    rowMode: "array",
  });
  return sorted(rows);
}

const modelExchanges = ({ all }: Exchanges) =>
  sorted(
    [...all.values()].map(({ id, status, version, minutes, reported, lastBy, reversed }) => [
      id,
      status,
      version,
      minutes,
      reported,
      lastBy,
      reversed,
    ]),
  );
