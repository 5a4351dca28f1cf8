/** Listens for NOTIFY on one channel, over a connection of its own that is replaced after an outage. */
import { Client } from "pg";
import { log } from "../log";
import { applicationConnection } from "./client";

const TIMES = {
  /** Between two attempts to connect: doubled after each, up to the longest. */
  retry: 500,
  longestRetry: 20_000,
  /** How often the connection is checked: a broken network reports no end of it. */
  check: 30_000,
  /** How long the database may take to connect or to answer a check. */
  answer: 10_000,
};

type Listener = {
  onPayload: (payload: string) => void;
  /** Called for each connection: what was sent before it, or during an outage, has not been received. */
  onConnect: () => void;
  /** Shorter times for tests, in milliseconds. */
  times?: Partial<typeof TIMES>;
};

/** @returns a function that stops listening */
export function listenTo(
  channel: "notification",
  { onPayload, onConnect, ...given }: Listener,
): () => Promise<void> {
  const times = { ...TIMES, ...given.times };
  let stopped = false;
  let attempts = 0;
  let retry: NodeJS.Timeout | undefined;
  let current: Client | undefined;

  const connect = async () => {
    const client = new Client({
      ...applicationConnection(),
      application_name: "evenhour live",
      keepAlive: true,
      connectionTimeoutMillis: times.answer,
      query_timeout: times.answer,
    });
    current = client;
    let isLost = false;
    const lose = (error?: Error) => {
      if (isLost || stopped) return;
      isLost = true;
      // Once for each outage.
      if (attempts === 0)
        log.warn("live", `The connection for live news ended: ${error?.message ?? "closed"}`);
      client.end().catch(() => undefined);
      retry = setTimeout(connect, Math.min(times.longestRetry, times.retry * 2 ** attempts));
      attempts += 1;
    };
    client.on("error", lose);
    client.on("end", () => lose());
    client.on("notification", ({ payload = "" }) => onPayload(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      if (stopped || isLost) return;
      attempts = 0;
      onConnect();
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const check = setInterval(() => {
    const client = current;
    client?.query("SELECT").catch((error: Error) => client.emit("error", error));
  }, times.check);
  check.unref();
  void connect();
  return async () => {
    stopped = true;
    clearInterval(check);
    clearTimeout(retry);
    await current?.end().catch(() => undefined);
  };
}
