/** Every kind of damage that somebody with the owner's rights can do to the books by hand. */
import type { Books } from "./books";

export type Scene = {
  books: Books;
  debit: string;
  credit: string;
  other: string;
  /** Vouched for and welcomed, with limits that were decided twice. */
  guest: string;
};

export type Damage = [
  what: string,
  damage: (scene: Scene) => string,
  found: string,
  detail?: string,
];

/** The promise of the scene, as the services note that both agreed to it. */
const agreed = (debit: string) =>
  `UPDATE exchange SET agreed_at = now() WHERE receiver_id = '${debit}' AND status = 'agreed'`;

/** Drops constraints of the transfers. */
const unchecked = (...names: string[]) =>
  names.map((name) => `ALTER TABLE transfer DROP CONSTRAINT transfer_${name};`).join("\n");

/** The reversal names an event of the exchange that is settled and was not reversed. */
const namesEventOf = ({ debit, other }: Scene, kind: string) =>
  `WITH settled AS (
     SELECT community_id, id FROM exchange WHERE receiver_id = '${debit}' AND status = 'settled'
   ), event AS (
     INSERT INTO exchange_event (community_id, exchange_id, version, at, kind)
     SELECT community_id, id, 3, now(), '${kind}' FROM settled
   )
   UPDATE transfer SET event_exchange_id = settled.id FROM settled
   WHERE credit_account_id = '${other}'`;

/** What the owner does by hand once triggers are off, and what is found; all is rolled back. */
export const damages: Damage[] = [
  [
    "a balance",
    ({ debit }) => `UPDATE account SET balance = balance + 15 WHERE id = '${debit}'`,
    "account differs from its lines",
    "-45 v1 for -60 v1",
  ],
  [
    "hours out of nothing",
    ({ debit }) => `UPDATE account SET balance = balance + 15 WHERE id = '${debit}'`,
    "sum is not zero",
  ],
  [
    "a balance that no line explains",
    ({ books }) => `UPDATE account SET balance = 15 WHERE id = '${books.desk}'`,
    "account differs from its lines",
    "15 v0 for 0 v0",
  ],
  [
    "a version that no line explains",
    ({ books }) => `UPDATE account SET version = 1 WHERE id = '${books.desk}'`,
    "account differs from its lines",
    "0 v1 for 0 v0",
  ],
  [
    "help that nobody gave",
    ({ other }) => `UPDATE account SET given = 15 WHERE id = '${other}'`,
    "given or received differs from the lines",
    "15 and 0 for 0 and 0",
  ],
  [
    "help that nobody received",
    ({ other }) => `UPDATE account SET received = 15 WHERE id = '${other}'`,
    "given or received differs from the lines",
    "0 and 15 for 0 and 0",
  ],
  [
    "less help than was given",
    ({ credit }) => `UPDATE account SET given = 0 WHERE id = '${credit}'`,
    "given or received differs from the lines",
    "0 and 0 for 60 and 0",
  ],
  [
    "less help than was received",
    ({ debit }) => `UPDATE account SET received = 0 WHERE id = '${debit}'`,
    "given or received differs from the lines",
    "0 and 0 for 0 and 60",
  ],
  [
    "a held amount that nobody promised",
    ({ other }) => `UPDATE account SET held = 15 WHERE id = '${other}'`,
    "held differs from open holds",
    "15 for 0",
  ],
  [
    "a version",
    ({ debit }) => `UPDATE account SET version = version + 1 WHERE id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a held amount",
    ({ debit }) => `UPDATE account SET held = held + 15 WHERE id = '${debit}'`,
    "held differs from open holds",
    "75 for 60",
  ],
  [
    "the minutes of a hold",
    ({ debit }) => `UPDATE hold SET minutes = 15 WHERE account_id = '${debit}'`,
    "held differs from open holds",
  ],
  [
    "the minutes of a transfer",
    ({ debit }) => `UPDATE transfer SET minutes = 75 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the balance of a line that pays",
    ({ debit }) => `UPDATE transfer SET debit_balance = 0 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the balance of a line that earns",
    ({ debit }) => `UPDATE transfer SET credit_balance = 0 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the version of a line",
    ({ debit }) => `UPDATE transfer SET debit_version = 6 WHERE debit_account_id = '${debit}'`,
    "version has a gap",
  ],
  [
    "a line on another account",
    ({ debit, other }) =>
      `UPDATE transfer SET debit_account_id = '${other}', debit_version = 3
       WHERE debit_account_id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a missing transfer",
    ({ debit }) => `DELETE FROM transfer WHERE debit_account_id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a settled hold without its transfer",
    ({ debit }) => `DELETE FROM transfer WHERE debit_account_id = '${debit}'`,
    "hold and transfer disagree",
  ],
  [
    "a transfer without its settled hold",
    ({ debit }) =>
      `UPDATE hold SET status = 'released' WHERE account_id = '${debit}' AND status = 'settled'`,
    "hold and transfer disagree",
  ],
  [
    "a settled hold of another account",
    ({ debit, other }) =>
      `UPDATE hold SET account_id = '${other}' WHERE account_id = '${debit}' AND status = 'settled'`,
    "hold and transfer disagree",
  ],
  [
    "a promise of what will not happen",
    ({ debit }) =>
      `UPDATE exchange SET status = 'cancelled'
       WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "hold is open without an agreement",
  ],
  [
    "a promise of what is only proposed",
    ({ debit }) =>
      `UPDATE exchange SET status = 'proposed'
       WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "hold is open without an agreement",
    "proposed",
  ],
  [
    "agreed help that is held no more",
    ({ debit }) => `${agreed(debit)}; UPDATE hold SET status = 'released', ended_at = now()
      WHERE account_id = '${debit}' AND status = 'open'`,
    "agreed help is not held",
    "60",
  ],
  [
    "more agreed help than is held",
    ({ debit }) => `${agreed(debit)}; UPDATE exchange SET minutes = 75
      WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "agreed help is not held",
    "75",
  ],
  [
    "agreed help that somebody else holds",
    ({ debit, other }) => `${agreed(debit)}; UPDATE exchange SET receiver_id = '${other}'
      WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "agreed help is not held",
  ],
  [
    "agreed help that another exchange holds",
    ({ books, debit }) => `${agreed(debit)};
      INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
        starts_at, minutes, place, place_note, pending_by_id, agreed_at, created_at)
      SELECT community_id, '${books.desk}', giver_id, receiver_id, status, version, title, category,
        starts_at + interval '1 day', minutes, place, place_note, pending_by_id, agreed_at, created_at
      FROM exchange WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "agreed help is not held",
    "60",
  ],
  [
    "a transfer of nothing",
    ({ debit }) =>
      `${unchecked("minutes")}
       UPDATE transfer SET minutes = 0 WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a transfer of more than there may be",
    ({ debit }) =>
      `${unchecked("minutes")}
       UPDATE transfer SET minutes = 60001 WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a transfer to oneself",
    ({ debit }) =>
      `${unchecked("two_accounts")}
       UPDATE transfer SET credit_account_id = '${debit}' WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a transfer of another kind",
    ({ debit }) =>
      `${unchecked("exchange", "welcome_authority")}
       UPDATE transfer SET kind = 'welcome' WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "an exchange's transfer that names none",
    ({ debit }) =>
      `${unchecked("exchange", "exchange_authority")}
       UPDATE transfer SET exchange_id = NULL WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a reversal that names nothing",
    ({ other }) =>
      `${unchecked("reversal")}
       UPDATE transfer SET reverses_id = NULL WHERE credit_account_id = '${other}'`,
    "transfer is malformed",
  ],
  [
    "a welcome that undoes something",
    ({ other }) =>
      `${unchecked("reversal", "welcome_authority")}
       UPDATE transfer SET kind = 'welcome' WHERE credit_account_id = '${other}'`,
    "transfer is malformed",
  ],
  [
    "a reversal of what there is not",
    ({ other }) =>
      `${unchecked("community_id_reverses_id_fkey")}
       DELETE FROM transfer WHERE debit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a reversal of a reversal",
    ({ other }) =>
      `${unchecked("reversal", "exchange")}
       UPDATE transfer SET kind = 'reversal' WHERE debit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a reversal of other minutes",
    ({ other }) => `UPDATE transfer SET minutes = 15 WHERE credit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a reversal to somebody else",
    ({ debit, other }) =>
      `UPDATE transfer SET credit_account_id = '${debit}', credit_version = 2
       WHERE credit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a reversal from somebody else",
    ({ debit, other }) =>
      `UPDATE transfer SET debit_account_id = '${debit}', debit_version = 2
       WHERE credit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a transfer under the id of an account",
    ({ books, debit }) => `UPDATE transfer SET id = '${books.desk}'
      WHERE debit_account_id = '${debit}' AND kind = 'exchange'`,
    "transfer has the id of an account",
    "exchange",
  ],
  [
    "an exchange that was never paid",
    ({ debit }) =>
      `UPDATE exchange SET status = 'settled'
       WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "exchange and transfer disagree",
  ],
  [
    "a settled exchange that says otherwise",
    ({ debit }) =>
      `UPDATE exchange SET status = 'cancelled'
       WHERE receiver_id = '${debit}' AND status = 'settled'`,
    "exchange and transfer disagree",
  ],
  [
    "an exchange with another receiver",
    ({ debit, other }) =>
      `UPDATE exchange SET receiver_id = '${other}'
       WHERE receiver_id = '${debit}' AND status = 'settled'`,
    "exchange and transfer disagree",
  ],
  [
    "an exchange with another giver",
    ({ debit, credit, other }) =>
      `UPDATE exchange SET giver_id = '${other}', pending_by_id = '${debit}'
       WHERE giver_id = '${credit}' AND receiver_id = '${debit}' AND status = 'settled'`,
    "exchange and transfer disagree",
  ],
  [
    "a welcome from somebody else",
    ({ other, guest }) =>
      `UPDATE transfer SET debit_account_id = '${other}', debit_version = 9 WHERE id = '${guest}'`,
    "welcome credit without authority",
    "30",
  ],
  [
    "a welcome to somebody else",
    ({ other, guest }) =>
      `${unchecked("welcome_authority")}
       UPDATE transfer SET credit_account_id = '${other}', credit_version = 9
       WHERE id = '${guest}'`,
    "welcome credit without authority",
  ],
  [
    "a welcome of somebody whom nobody vouched for, although somebody else was",
    ({ guest, other }) =>
      `${unchecked("community_id_vouched_member_id_fkey")}
       UPDATE vouch SET member_id = '${other}' WHERE member_id = '${guest}'`,
    "welcome credit without authority",
  ],
  [
    "somebody vouched for by nobody",
    ({ other }) => `UPDATE account SET vouched_at = '2026-11-25' WHERE id = '${other}'`,
    "vouched for without authority",
    "2026-11-25 00:00:00+00",
  ],
  [
    "somebody vouched for at another time",
    ({ guest }) => `UPDATE account SET vouched_at = '2026-11-25' WHERE id = '${guest}'`,
    "vouched for without authority",
  ],
  [
    "somebody no longer vouched for",
    ({ guest }) => `UPDATE account SET vouched_at = NULL WHERE id = '${guest}'`,
    "vouched for without authority",
    "-",
  ],
  [
    "a floor that nobody decided",
    ({ other }) => `UPDATE account SET floor = -60000 WHERE id = '${other}'`,
    "limits without authority",
    "-60000 and -",
  ],
  [
    "a ceiling that nobody decided",
    ({ other }) => `UPDATE account SET ceiling = 60 WHERE id = '${other}'`,
    "limits without authority",
    "- and 60",
  ],
  [
    "a floor of an earlier decision",
    ({ guest }) => `UPDATE account SET floor = -45 WHERE id = '${guest}'`,
    "limits without authority",
    "-45 and 120",
  ],
  [
    "the community's floor in spite of a decision",
    ({ guest }) => `UPDATE account SET floor = NULL, ceiling = NULL WHERE id = '${guest}'`,
    "limits without authority",
  ],
  [
    "an exchange settled by nobody's word",
    ({ debit }) =>
      `${unchecked("community_id_event_exchange_id_event_version_fkey")}
       DELETE FROM exchange_event WHERE kind = 'reported' AND member_id = '${debit}'`,
    "exchange settled without authority",
    "60",
  ],
  [
    "an exchange settled by the word of who earns",
    ({ debit, credit }) =>
      `UPDATE exchange_event SET member_id = '${credit}'
       WHERE kind = 'reported' AND member_id = '${debit}'`,
    "exchange settled without authority",
  ],
  [
    "an exchange settled for other minutes",
    ({ debit }) =>
      `UPDATE exchange_event SET minutes = 45 WHERE kind = 'reported' AND member_id = '${debit}'`,
    "exchange settled without authority",
  ],
  [
    "a reversal that nobody decided",
    () =>
      `${unchecked("community_id_event_exchange_id_event_version_fkey")}
       DELETE FROM exchange_event WHERE kind = 'reversed'`,
    "reversal without authority",
  ],
  [
    "a settlement that names an earlier event",
    ({ debit }) => `UPDATE transfer SET event_version = 1 WHERE debit_account_id = '${debit}'`,
    "exchange settled without authority",
  ],
  [
    "a reversal that names an earlier event",
    ({ other }) => `UPDATE transfer SET event_version = 2 WHERE credit_account_id = '${other}'`,
    "reversal without authority",
  ],
  [
    "a reversal that names another event of that version",
    (scene) => namesEventOf(scene, "late"),
    "reversal without authority",
  ],
  [
    "a reversal that names the decision about another exchange",
    (scene) => namesEventOf(scene, "reversed"),
    "reversal without authority",
  ],
  [
    "a missing account",
    ({ other }) =>
      `ALTER TABLE account DROP CONSTRAINT account_pkey CASCADE;
       DELETE FROM account WHERE id = '${other}'`,
    "lines without an account",
  ],
];
