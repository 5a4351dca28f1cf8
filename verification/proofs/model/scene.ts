/** The database side: a community of five members, and the operations of the steps. */
import { randomUUID } from "node:crypto";
import type { CommunityId } from "../../../domain/community/community";
import {
  acceptReschedule,
  agreeExchange,
  cancelExchange,
  cancelReschedule,
  confirmExchange,
  counterExchange,
  declineExchange,
  disputeExchange,
  markNotHappened,
  reportDelay,
  reportExchange,
  requestReschedule,
  resolveWithHours,
  resolveWithoutHours,
  reverseExchange,
  withdrawExchange,
} from "../../../server/exchange/commands";
import { proposeExchange } from "../../../server/exchange/propose-exchange";
import { recordExchange } from "../../../server/exchange/record-exchange";
import { db } from "../../../server/platform/db/client";
import { RELEASE, reverse, SETTLE } from "../../../server/platform/db/testing/books";
import { app, owner } from "../../../server/platform/db/testing/pools";
import { SETTLE_ALL } from "../../../server/platform/db/testing/waiting";
import type { Leg } from "./books";
import type { Person } from "./exchanges";

export const FLOOR = -180;
export const NEWCOMER_FLOOR = -90;
export const WELCOME = 30;
export const CEILING = 120;
const DAY = 24 * 60 * 60 * 1000;

export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** The answer of a step: "ok", a DomainError's code, or a SQLSTATE. */
const answerOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "ok",
    (error: { code?: string }) => error.code ?? String(error),
  );

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A community with its fund and five members: two are coordinators, one has a ceiling. */
export async function makeScene() {
  const community = randomUUID();
  const members = Array.from({ length: 5 }, () => randomUUID());
  await owner().query(
    `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
       newcomer_floor, soft_floor, soft_ceiling, welcome_credit, confirmation_days,
       balances_visible, next_member_number, created_at)
     VALUES ($1, $2, 'Model', '', 'en', 'UTC', 'open', 15, $3, $4, 0, 0, $5, 7, true, 6, now())`,
    [community, `m-${community}`, FLOOR, NEWCOMER_FLOOR, WELCOME],
  );
  await owner().query(
    `SELECT open_account($1, id, CASE WHEN id = $1 THEN 'fund' ELSE 'member' END::account_kind)
     FROM unnest(array_append($2::uuid[], $1)) AS id`,
    [community, members],
  );
  await owner().query(
    `WITH person AS (
       INSERT INTO "user" (id, email, name, created_at)
       SELECT gen_random_uuid(), id || '@example.org', id, now() FROM unnest($2::uuid[]) AS id
       RETURNING id, name
     )
     INSERT INTO member (community_id, id, user_id, number, role, status, display_name, about,
       languages, neighbourhood, contact, joined_at)
     SELECT $1, u.id, person.id, number,
       CASE WHEN number <= 2 THEN 'coordinator' ELSE 'member' END::member_role,
       'active', 'M', '', '{}', '', '', now()
     FROM unnest($2::uuid[]) WITH ORDINALITY AS u (id, number) JOIN person ON person.name = u.id::text`,
    [community, members],
  );
  await owner().query("SELECT decide_member_limits($1, $2, NULL, $3, $4, 'because', NULL)", [
    community,
    members[4],
    CEILING,
    members[0],
  ]);
  const row = await db.community.findUniqueOrThrow({ where: { id: community } });
  const rows = await db.member.findMany({ where: { communityId: community } });
  const rowOf = new Map(rows.map((each) => [each.id, each]));
  let clock = Date.now();

  const contextOf = (id: string) => {
    const me = rowOf.get(id);
    if (!me?.userId) throw new Error(`no member ${id}`);
    return {
      communityId: community as CommunityId,
      community: row,
      actor: { userId: me.userId },
      me,
      now: new Date(clock),
    };
  };
  // Few different hours, so that exchanges collide; the community's time zone is UTC.
  const hourOf = (hour: number) => `${String(8 + (hour % 10)).padStart(2, "0")}:00`;
  const termsOf = (minutes: number, hour: number) => ({
    date: dayOf(clock + 2 * DAY),
    time: hourOf(hour),
    minutes,
    place: "elsewhere" as const,
    placeNote: "",
  });
  // Exchanges made in the database only get months of their own, so that they never collide.
  let months = 0;
  const what = { title: "Help", category: "other" as const, note: "" };
  const legOf = ({ id, kind, debit, credit, minutes, exchange }: Leg) => [
    community,
    id,
    kind,
    debit,
    credit,
    minutes,
    exchange,
  ];
  const books = { community };

  return {
    community,
    members,
    people: members.map((id, index): Person => ({ id, isCoordinator: index < 2 })),
    /** Advances the clock until the exchange is due. */
    async wait(exchangeId: string) {
      clock += 60 * DAY;
      const { processDueExchange } = await import("../../../server/exchange/process-due");
      return answerOf(processDueExchange({ communityId: community, exchangeId }, new Date(clock)));
    },
    /** Posts with or without the event of the receiver's confirmation. */
    post: (leg: Leg) =>
      answerOf(
        leg.word
          ? app().query(SETTLE, [...legOf(leg), new Date()])
          : app().query(
              "SELECT post_transfer($1, $2, $3::transfer_kind, $4, $5, $6, $7)",
              legOf(leg),
            ),
      ),
    postAll: (legs: Leg[]) => answerOf(app().query(SETTLE_ALL, [community, JSON.stringify(legs)])),
    reverse: (id: string, of: string) => answerOf(reverse(books, id, of)),
    vouch: (id: string, by: string) =>
      answerOf(
        app().query("SELECT vouch_for($1, $2, 'approved', $3, NULL, now(), NULL)", [
          community,
          id,
          by,
        ]),
      ),
    hold: (exchange: string, account: string, minutes: number, credit: string) =>
      answerOf(
        app().query("SELECT place_hold($1, $2, $3, $4, $5)", [
          community,
          exchange,
          account,
          minutes,
          credit,
        ]),
      ),
    release: (exchange: string) => answerOf(app().query(RELEASE, [community, exchange])),
    limit: (id: string, floor: number | null, ceiling: number | null, by: string) =>
      answerOf(
        app().query("SELECT decide_member_limits($1, $2, $3, $4, $5, 'because', NULL)", [
          community,
          id,
          floor,
          ceiling,
          by,
        ]),
      ),
    /** By the owner: the application may not close accounts. */
    close: (id: string) => answerOf(owner().query("SELECT close_account($1, $2)", [community, id])),
    open: (id: string, kind: string) =>
      answerOf(app().query("SELECT open_account($1, $2, $3::account_kind)", [community, id, kind])),
    /**
     * Creates an agreed exchange in the database only, without a hold. The limits between two members, which the
     * model counts by its own exchanges, do not count it: the receiver was the last to act, long ago.
     */
    async makeExchange(giver: string, receiver: string, id = randomUUID() as string) {
      months += 1;
      await app().query(
        `WITH made AS (
           INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
             category, starts_at, minutes, place, place_note, pending_by_id, created_at)
           VALUES ($1, $2, $3, $4, 'agreed', 1, 'T', 'other',
             timestamptz '2100-01-01 00:00Z' + make_interval(days => $5), 60, 'giver', '', $4, timestamptz '2000-01-01 00:00Z')
           RETURNING id
         )
         INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
         SELECT $1, id, 1, now(), $4, 'agreed', 60 FROM made`,
        [community, id, giver, receiver, months],
      );
      return id;
    },
    now: () => clock,
    /** The start (ms since 1970) that a proposal for that hour gets now. */
    startOf: (hour: number) => Date.parse(`${dayOf(clock + 2 * DAY)}T${hourOf(hour)}:00Z`),
    propose: (
      id: string,
      me: string,
      otherId: string,
      mySide: "giver" | "receiver",
      minutes: number,
      hour: number,
    ) =>
      answerOf(
        proposeExchange(contextOf(me), {
          id,
          otherId,
          mySide,
          ...what,
          ...termsOf(minutes, hour),
          // The model does not include the check for duplicates.
          confirmedDuplicate: true,
        }),
      ),
    record: (
      id: string,
      me: string,
      otherId: string,
      mySide: "giver" | "receiver",
      minutes: number,
      _hour: number,
    ) =>
      answerOf(
        recordExchange(contextOf(me), {
          id,
          otherId,
          mySide,
          minutes,
          ...what,
          date: dayOf(clock - 2 * DAY),
          confirmedDuplicate: true,
        }),
      ),
    act(id: string, action: string, me: string, version: number, minutes: number, hour: number) {
      const { date, time } = termsOf(minutes, hour);
      const ctx = contextOf(me);
      const answer = { id, version };
      const reason = "because";
      const works: Record<string, () => Promise<unknown>> = {
        counter: () => counterExchange(ctx, { ...answer, ...termsOf(minutes, hour) }),
        requestReschedule: () => requestReschedule(ctx, { ...answer, date, time, reason }),
        acceptReschedule: () => acceptReschedule(ctx, answer),
        cancelReschedule: () => cancelReschedule(ctx, answer),
        reportDelay: () => reportDelay(ctx, { ...answer, minutes: 15 }),
        markNotHappened: () => markNotHappened(ctx, { ...answer, cause: "weather", reason }),
        agree: () => agreeExchange(ctx, answer),
        decline: () => declineExchange(ctx, { ...answer, reason }),
        withdraw: () => withdrawExchange(ctx, answer),
        cancel: () => cancelExchange(ctx, { ...answer, reason }),
        report: () => reportExchange(ctx, { ...answer, minutes }),
        confirm: () => confirmExchange(ctx, answer),
        dispute: () => disputeExchange(ctx, { ...answer, reason }),
        resolveWithHours: () => resolveWithHours(ctx, { ...answer, minutes, reason }),
        resolveWithoutHours: () => resolveWithoutHours(ctx, { ...answer, reason }),
        reverse: () => reverseExchange(ctx, { ...answer, reason }),
      };
      const work = works[action];
      if (!work) throw new Error(`no action ${action}`);
      return answerOf(work());
    },
  };
}
