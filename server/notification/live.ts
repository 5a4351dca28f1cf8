/**
 * Notifies open pages at once when the member's notifications change. PostgreSQL announces each change to all
 * instances (prisma/sql/announce_notifications.sql). The state that a page receives is read from the table afterwards,
 * so that a lost announcement only delays it until the next check.
 */
import { DomainError } from "../../domain/kernel/errors";
import { activeSessions } from "../identity/session";
import { presentMembers } from "../membership/queries";
import { listenTo } from "../platform/db/listen";
import { log } from "../platform/log";
import { type Recipient, readUnseenStates } from "./queries";

const TIMES = {
  /** How long announcements are gathered before their members' states are read, in one statement. */
  gather: 100,
  /** How long after a failure the states are read again. */
  again: 2000,
  /** How often sessions and memberships are checked, and all states read, also without announcements. */
  check: 60_000,
  /** How often something is sent on an idle stream: proxies close silent connections after a minute. */
  heartbeat: 25_000,
};

/** Open streams of one user: several windows and devices. */
const MAX_OF_USER = 6;
/** Open streams of this process, below the number of its connections (server/api/http/server.ts). */
const MAX_STREAMS = 1500;
/** How long a client that was refused waits. */
const REFUSED_SECONDS = 60;

/** An open page. */
export type Stream = Recipient & {
  userId: string;
  sessionId: string;
  /** Sends a state; the same one is not sent twice. */
  send: (state: string) => void;
  beat: () => void;
  end: () => void;
};

export type Live = ReturnType<typeof openLive>;

const keyOf = ({ communityId, memberId }: Recipient) => `${communityId} ${memberId}`;

/** @param settings shorter times and lower limits for tests */
export function openLive(settings: { times?: Partial<typeof TIMES>; maxStreams?: number } = {}) {
  const times = { ...TIMES, ...settings.times };
  const maxStreams = settings.maxStreams ?? MAX_STREAMS;
  const streams = new Map<string, Map<Stream, string>>();
  const ofUser = new Map<string, number>();
  let total = 0;
  let isClosed = false;
  let changed = new Set<string>();
  let gathering: NodeJS.Timeout | undefined;

  const all = () => [...streams.values()].flatMap((some) => [...some.keys()]);

  const gather = (keys: Iterable<string>, delay = times.gather) => {
    for (const key of keys) if (streams.has(key)) changed.add(key);
    if (changed.size === 0 || gathering || isClosed) return;
    gathering = setTimeout(async () => {
      const due = [...changed];
      changed = new Set();
      const isRead = await sendStates(due).then(
        () => true,
        () => false,
      );
      gathering = undefined;
      // The database is away; what is due stays due.
      gather(isRead ? [] : due, isRead ? times.gather : times.again);
    }, delay);
  };

  async function sendStates(keys: readonly string[]) {
    const groups = keys.flatMap((key) => {
      const group = streams.get(key);
      const [first] = group?.keys() ?? [];
      return group && first ? [{ group, first }] : [];
    });
    const states = await readUnseenStates(groups.map(({ first }) => first));
    groups.forEach(({ group }, index) => {
      for (const stream of group.keys()) send(group, stream, states[index] ?? "");
    });
  }

  function send(group: Map<Stream, string>, stream: Stream, state: string) {
    if (group.get(stream) === state) return;
    group.set(stream, state);
    stream.send(state);
  }

  /** Ends the streams of sessions and memberships that have ended, and reads the states of the others. */
  async function check() {
    const open = all();
    if (open.length === 0) return;
    const sessions = await activeSessions(
      [...new Set(open.map((each) => each.sessionId))],
      new Date(),
    );
    const members = await presentMembers([...new Set(open.map((each) => each.memberId))]);
    for (const stream of open) {
      if (!sessions.has(stream.sessionId) || !members.has(keyOf(stream))) stream.end();
    }
    gather(streams.keys());
  }

  const heartbeat = setInterval(() => {
    for (const stream of all()) stream.beat();
  }, times.heartbeat);
  const checking = setInterval(
    () => check().catch((error: unknown) => log.warn("live", String(error))),
    times.check,
  );
  for (const timer of [heartbeat, checking]) timer.unref();
  const stopListening = listenTo("notification", {
    onPayload: (payload) => gather([payload]),
    onConnect: () => gather(streams.keys()),
  });

  return {
    /**
     * Adds a stream, and sends it the present state.
     * @returns a function that removes it
     * @throws DomainError tooManyReads when the user or the process has too many
     */
    async add(stream: Stream): Promise<() => void> {
      const own = ofUser.get(stream.userId) ?? 0;
      if (isClosed || own >= MAX_OF_USER || total >= maxStreams) {
        throw new DomainError("tooManyReads", { seconds: REFUSED_SECONDS });
      }
      const key = keyOf(stream);
      const group = streams.get(key) ?? new Map<Stream, string>();
      streams.set(key, group.set(stream, ""));
      ofUser.set(stream.userId, own + 1);
      total += 1;
      const remove = () => {
        if (!group.delete(stream)) return;
        total -= 1;
        const left = (ofUser.get(stream.userId) ?? 1) - 1;
        if (left > 0) ofUser.set(stream.userId, left);
        else ofUser.delete(stream.userId);
        if (group.size === 0 && streams.get(key) === group) streams.delete(key);
      };
      try {
        const [state = ""] = await readUnseenStates([stream]);
        // An announcement may have arrived meanwhile, with a newer state.
        if (group.get(stream) === "") send(group, stream, state);
      } catch (error) {
        remove();
        throw error;
      }
      return remove;
    },

    /** The number of open streams. */
    count: () => total,

    /** Ends all streams and stops listening. */
    async close(): Promise<void> {
      isClosed = true;
      clearInterval(heartbeat);
      clearInterval(checking);
      clearTimeout(gathering);
      for (const stream of all()) stream.end();
      await stopListening();
    },
  };
}
