import { setTimeout as sleep } from "node:timers/promises";
import { MAX_PROPOSALS_TO_STRANGER } from "../../../domain/kernel/limits";
import { seededRandom } from "../../../scripts/lib/random";
import { startWorker } from "../../../server/api/jobs";
import { admitMember } from "../../../server/membership/admit-member";
import { db, transaction } from "../../../server/platform/db/client";
import { owner } from "../../../server/platform/db/testing/pools";
import { makeCommunity, makeUser } from "../../../server/testing/people";
import { clearRateLimits, openDatabase } from "../../kit/database";
import { requireConsistentBooks } from "../consistent-books";
import { check, exercised, type Proof } from "../proof";
import { follow } from "./follow";
import { kinds, type Place, start, zones } from "./scenes";

export const proof: Proof<{ exchanges: number; queued: number }> = {
  name: "time",
  claim:
    "Across daylight saving in three time zones, with early, late, repeated and parallel jobs: each exchange starts at the local time that was typed, sends one reminder, and expires, settles or goes to the coordinators exactly once, never too early.",
  long: { exchanges: 3000, queued: 1000 },
  short: { exchanges: 72, queued: 40 },
  bug: { name: "a reminder is not recorded", counts: { exchanges: 24, queued: 0 } },
  async run({ counts, seed, planted, say, atEnd }) {
    // The result must not depend on the machine's time zone.
    process.env.TZ = "Pacific/Apia";
    const { url } = await openDatabase({ atEnd });
    if (planted) await forgetReminders();
    const random = seededRandom(seed).next;
    const places: Place[] = [];
    for (const { name } of zones) {
      const made = await makeCommunity(["giver", "receiver"] as const);
      // Low enough for all of the receiver's exchanges.
      const rules = { timeZone: name, floor: -10_000_000 };
      await db.community.update({ where: { id: made.id }, data: rules });
      const { giver, receiver } = made.members;
      places.push({ ...made, giver, receiver, zone: name });
    }
    const tally = new Map<string, number>();
    for (let index = 0; index < counts.exchanges; index += 1) {
      const community = places[index % places.length] as Place;
      // The exchanges of one night overlap, so each needs its own giver.
      const place = { ...community, giver: await newGiver(community) };
      if (index % 20 === 0) await clearRateLimits();
      const zone = zones[index % zones.length] as (typeof zones)[number];
      const kind = kinds[Math.floor(index / zones.length) % kinds.length] as (typeof kinds)[number];
      const scene = await start(place, zone, kind, random);
      for (const word of [kind, ...scene.words, ...(await follow(scene, random))]) {
        tally.set(word, (tally.get(word) ?? 0) + 1);
      }
      if ((index + 1) % 500 === 0) say(`${index + 1} exchanges`);
    }
    if (!planted) await raceWorkers(places[0] as Place, counts.queued, url);
    await requireConsistentBooks("at the end");
    for (const word of ["skipped hour", "hour that comes twice", "late", "reminded", "settled"]) {
      exercised(tally.has(word), `this never happened: ${word}`);
    }
    return { ...Object.fromEntries(tally), "by two workers": counts.queued };
  },
};

async function newGiver({ id }: Place): Promise<Place["giver"]> {
  const community = await db.community.findUniqueOrThrow({ where: { id } });
  const userId = await makeUser("Giver");
  const person = { userId, displayName: "Giver", role: "member" as const };
  const where = { communityId: id, role: "coordinator" as const };
  const { id: byId, userId: actingUserId } = await db.member.findFirstOrThrow({ where });
  const member = await transaction((tx) =>
    admitMember(tx, community, person, new Date(), { kind: "created", byId, actingUserId }),
  );
  return { id: member.id, userId };
}

/** Due jobs with two workers at once: each job must run exactly once. */
async function raceWorkers(place: Place, count: number, url: string): Promise<void> {
  process.env.DATABASE_URL = url;
  // Removes the jobs of the earlier exchanges, which are due at other times.
  await owner().query("DELETE FROM graphile_worker._private_jobs");
  const ids: string[] = [];
  const reportedAt = new Date(Date.now() - 5 * 86_400_000);
  let { receiver } = place;
  for (let index = 0; index < count; index += 1) {
    if (index % 20 === 0) await clearRateLimits();
    // The limits allow this many proposals to a stranger, and a number of e-mails per address and day.
    if (index % MAX_PROPOSALS_TO_STRANGER === 0) receiver = await newGiver(place);
    const scene = await start({ ...place, receiver }, null, "reported", () => 0.5, reportedAt);
    ids.push(scene.id);
  }
  // No quiet hours, whenever the proof runs.
  await owner().query(
    `INSERT INTO notification_settings
       (community_id, member_id, mail, push, quiet_from, quiet_until, digest, hides_titles)
     SELECT community_id, id, '{needed}', '{}', '00:00', '00:00', 'never', false FROM member
     ON CONFLICT DO NOTHING`,
  );
  const workers = [await startWorker(), await startWorker()];
  const seen = new Set<string>();
  for (let tries = 0; ; tries += 1) {
    const { rows } = await owner().query<{ locked_by: string | null }>(
      "SELECT locked_by FROM graphile_worker._private_jobs WHERE run_at <= now()",
    );
    for (const { locked_by: worker } of rows) if (worker) seen.add(worker);
    if (rows.length === 0) break;
    check(tries < 3000, `${rows.length} jobs are still waiting`);
    await sleep(20);
  }
  await Promise.all(workers.map((worker) => worker.stop()));
  const { rows } = await owner().query<{ reminded: number; mails: number }>(
    `SELECT count(reminded_at)::int AS reminded,
       (SELECT count(*)::int FROM notification JOIN mail ON mail.id = mail_id
        WHERE notification.exchange_id::text = ANY ($1) AND event = 'reminded') AS mails
     FROM exchange WHERE id::text = ANY ($1)`,
    [ids],
  );
  const [found] = rows;
  check(
    found?.reminded === count && found.mails === count,
    `two workers sent ${JSON.stringify(found)} instead of ${count} reminders`,
  );
  exercised(seen.size > 1, "only one worker ever had a job");
}

/** The planted bug. */
async function forgetReminders(): Promise<void> {
  await owner().query(`
    CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.reminded_at := NULL; RETURN NEW; END $$;
    CREATE TRIGGER forget BEFORE UPDATE ON exchange FOR EACH ROW EXECUTE FUNCTION forget()`);
}
