/** The stream of server-sent events on which an open page learns that the member's notifications changed. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../../../domain/kernel/errors";
import { slug } from "../../../domain/kernel/input";
import { EVENTS_PATH, STATE_EVENT } from "../../../domain/notification/live";
import { readMembership } from "../../membership/queries";
import type { Live } from "../../notification/live";
import { logSecurity } from "../../platform/security-log";
import { actorOf, clientAddress } from "../auth";
import { plainAnswer } from "./plain-answer";

/** Milliseconds after which a browser connects again, once the stream has ended. */
const RETRY_MS = 4000;
/** Bytes that may wait for a client that does not read them. */
const MAX_UNREAD_BYTES = 8 * 1024;

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  // Proxies must neither store nor compress it.
  "Cache-Control": "no-store, no-transform",
  // nginx would gather the events until its buffer is full.
  "X-Accel-Buffering": "no",
};

export const isEvents = (url = ""): boolean => url.split("?", 1)[0] === EVENTS_PATH;

/**
 * Answers GET /api/events?community=SLUG, in front of Next, which would compress the stream.
 * @param actorFor the user of the request; tests replace it
 */
export async function answerEvents(
  live: Live,
  request: IncomingMessage,
  response: ServerResponse,
  actorFor: typeof actorOf = actorOf,
): Promise<void> {
  if (request.method !== "GET") {
    response.writeHead(405, { Allow: "GET" });
    return void response.end();
  }
  const url = request.url ?? "";
  const sent = { get: (name: string) => [request.headers[name] ?? null].flat()[0] ?? null };
  const actor = await actorFor(sent);
  try {
    if (!actor) throw new DomainError("signInFirst");
    const asked = slug.safeParse(new URL(url, "http://localhost").searchParams.get("community"));
    const membership = asked.success && (await readMembership(asked.data, actor.userId));
    if (!membership) throw new DomainError("notFound");
    const { me } = membership;
    await stream(live, response, {
      userId: actor.userId,
      sessionId: actor.sessionId,
      communityId: me.communityId,
      memberId: me.id,
    });
  } catch (error) {
    if (!(error instanceof DomainError) || response.headersSent) throw error;
    logSecurity({
      event: "refused",
      what: "events",
      userId: actor?.userId,
      address: clientAddress(sent),
      why: error.code,
    });
    const { status, headers, body } = plainAnswer(error, { url, headers: sent });
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  }
}

type Reader = { userId: string; sessionId: string; communityId: string; memberId: string };

async function stream(live: Live, response: ServerResponse, reader: Reader): Promise<void> {
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return;
    if (!response.headersSent) {
      response.writeHead(200, HEADERS);
      response.write(`retry: ${RETRY_MS}\n\n`);
    }
    if (response.writableLength > MAX_UNREAD_BYTES) return void response.destroy();
    response.write(text);
  };
  const remove = await live.add({
    ...reader,
    send: (state) => write(`event: ${STATE_EVENT}\ndata: ${state}\n\n`),
    beat: () => write(":\n\n"),
    end: () => response.end(),
  });
  if (response.destroyed) return remove();
  response.once("close", remove);
}
