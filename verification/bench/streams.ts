/** Memory and processor time of many open pages on one process: the streams of live news. */
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EVENTS_PATH } from "../../domain/notification/live";
import { owner } from "../../server/platform/db/testing/pools";
import { openFixture } from "../kit/fixture";
import { quantile } from "./measure";
import { probed, readFigures } from "./memory";
import type { Part } from "./part";
import { goal } from "./report";
import { makeFolder } from "./server";

const MEMBERS = 200;
/** Windows of each member; the product allows six. */
const WINDOWS = 5;
/** Longer than a check of the sessions and two heartbeats. */
const IDLE_SECONDS = 70;
const MB = 2 ** 20;
/** Goals for a small server. */
const MAX_KB_A_STREAM = 100;
const MAX_IDLE_SHARE = 0.05;

/** Counts the states that a stream has sent. */
type Stream = { answer: IncomingMessage; states: number };

export const streams: Part = async (bench) => {
  const probe = join(makeFolder(bench), "probe.json");
  const fixture = await openFixture(bench, MEMBERS, probed(probe));
  const product = await fixture.start();
  const { hostname, port } = new URL(product.baseUrl);
  const path = `${EVENTS_PATH}?community=${fixture.slug}`;
  const before = await readFigures(product, probe);
  bench.say(`${MEMBERS} members are signed in`);

  const open: Stream[] = [];
  const began = performance.now();
  for (const { cookie } of fixture.people) {
    const some = Array.from({ length: WINDOWS }, async () => {
      const request = get({
        hostname,
        port,
        path,
        headers: { cookie, host: new URL(product.baseUrl).host },
      });
      const [answer] = (await once(request, "response")) as [IncomingMessage];
      if (answer.statusCode !== 200) throw new Error(`A stream answers ${answer.statusCode}.`);
      const stream = { answer, states: 0 };
      answer.setEncoding("utf8").on("data", (text: string) => {
        stream.states += text.split("event: state").length - 1;
      });
      open.push(stream);
    });
    await Promise.all(some);
  }
  const opening = (performance.now() - began) / 1000;
  bench.atEnd(() => {
    for (const { answer } of open) answer.destroy();
  });
  await until(() => open.every(({ states }) => states === 1));
  bench.say(`${open.length} streams are open`);
  const opened = await readFigures(product, probe);

  await sleep(IDLE_SECONDS * 1000);
  const idle = await readFigures(product, probe);
  const idleShare = (idle.processorSeconds - opened.processorSeconds) / IDLE_SECONDS;

  // Every member gets a notification at once, as from an announcement.
  const seconds: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1) {
    const from = performance.now();
    await owner().query(
      `INSERT INTO notification (community_id, id, member_id, kind, event, created_at)
       SELECT community_id, gen_random_uuid(), id, 'community', 'announced', clock_timestamp()
       FROM member WHERE community_id = $1`,
      [fixture.id],
    );
    await until(() => open.every(({ states }) => states === round + 2));
    seconds.push((performance.now() - from) / 1000);
  }
  const after = await readFigures(product, probe);
  const news = (after.processorSeconds - idle.processorSeconds) / bench.rounds;
  const kilobytes = (opened.rss - before.rss) / 1024 / open.length;
  return {
    part: "streams",
    about: `${open.length} open pages of ${MEMBERS} members on one process, with its jobs`,
    rows: [
      { name: "resident MB without streams", value: before.rss / MB },
      { name: `resident MB with ${open.length}`, value: opened.rss / MB },
      { name: `resident MB after ${IDLE_SECONDS} idle seconds`, value: idle.rss / MB },
      { name: "resident MB after the news", value: after.rss / MB },
      { name: "heap MB without streams", value: before.heapUsed / MB },
      { name: `heap MB with ${open.length}`, value: opened.heapUsed / MB },
      { name: "seconds to open all", value: opening },
      {
        name: "processor seconds to open all",
        value: opened.processorSeconds - before.processorSeconds,
      },
      { name: "share of one processor while idle", value: idleShare },
      { name: "processor seconds for news to all", value: news },
      { name: "seconds until all have the news, median", value: quantile(seconds, 0.5) },
      { name: "seconds until all have the news, most", value: Math.max(...seconds) },
    ],
    goals: [
      goal("resident kB a stream", [kilobytes], { most: MAX_KB_A_STREAM }),
      goal("share of one processor while idle", [idleShare], { most: MAX_IDLE_SHARE }),
    ],
    notes: [
      "memory is what the process says of itself after collecting garbage; idle includes the jobs, the heartbeats and a check of all sessions",
    ],
  };
};

/** @throws when it takes longer than a minute */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 60_000) throw new Error("Not every stream got the news.");
    await sleep(1);
  }
}
