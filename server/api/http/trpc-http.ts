/** The API endpoint for browsers: tRPC over HTTP, and the context of a request. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { incomingMessageToRequest } from "@trpc/server/adapters/node-http";
import { interfaceLanguageOf } from "@/domain/kernel/languages";
import { DomainError, domainErrors } from "../../../domain/kernel/errors";
import { localPath } from "../../../domain/kernel/local-path";
import { hadOutageSince } from "../../platform/db/outage";
import { env } from "../../platform/env";
import { isOurOrigin as isOrigin } from "../../platform/hosts";
import { LANGUAGE_COOKIE, localeFor } from "../../platform/i18n/locale";
import { log } from "../../platform/log";
import { actorOf, clientAddress, deviceToken } from "../auth";
import { toTRPCError } from "../errors";
import { appRouter } from "../root";
import type { Actor, Context } from "../trpc";
import { plainAnswer } from "./plain-answer";

/** A refusal before any procedure runs. */
const refuse = (status: number, sentence: string) => Response.json({ error: sentence }, { status });

/**
 * Answers /api/trpc. A POST must have our own Origin and a JSON body.
 * @param contextOf the request's context; tests replace it
 */
export async function handleTRPC(
  request: Request,
  contextOf: (headers: Headers) => Promise<Context> = createContext,
): Promise<Response> {
  if (request.method === "POST") {
    const type = request.headers.get("content-type") ?? "";
    if (!/^application\/json\b/i.test(type)) return refuse(415, "Send JSON.");
    if (!isOurOrigin(request)) return refuse(403, "This request came from another site.");
  }
  const began = performance.now();
  const failed: unknown[] = [];
  const answer = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () =>
      contextOf(request.headers).catch((error: unknown) => {
        failed.push(error);
        throw error;
      }),
    maxBatchSize: 10,
    responseMeta: ({ errors }) => {
      const wait = errors.find(({ code }) => code === "SERVICE_UNAVAILABLE") ? BUSY_SECONDS : 0;
      return wait ? { headers: { "Retry-After": String(wait) } } : {};
    },
  });
  // The context could not be read, so neither the user nor their language is known.
  if (failed.length === 0) return answer;
  const { pathname, search } = new URL(request.url);
  const { status, headers, body } = plainAnswer(outageOf(failed[0], began), {
    url: pathname + search,
    headers: request.headers,
  });
  return new Response(body, { status, headers });
}

/** A database outage as a DomainError with the seconds to wait; any other error unchanged. */
function outageOf(error: unknown, began: number): unknown {
  log.error("api", error);
  const translated = toTRPCError(error);
  const cause = translated instanceof TRPCError ? translated.cause : undefined;
  const seconds = { seconds: BUSY_SECONDS };
  if (cause instanceof DomainError) {
    return domainErrors[cause.code] === "unavailable"
      ? new DomainError(cause.code, seconds)
      : cause;
  }
  return hadOutageSince(began) ? new DomainError("unavailable", seconds) : error;
}

/** When to retry during an outage of the database. */
const BUSY_SECONDS = 5;

/**
 * Answers /api/trpc in front of Next (docs/decisions/016-api-in-front.md). server/api/http/server.ts
 * cuts off bodies that are too large.
 */
export async function answerTRPC(sent: IncomingMessage, response: ServerResponse): Promise<void> {
  let request: Request;
  try {
    request = incomingMessageToRequest(sent, response, { maxBodySize: null });
  } catch (error) {
    // The Host header does not make a valid URL.
    if (!(error instanceof TRPCError)) throw error;
    return send(refuse(400, "This address cannot be read. Check it for a slip."), response);
  }
  await send(await handleTRPC(request), response);
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  // A body that is too large was answered already.
  if (response.headersSent) return;
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(body);
}

/** Whether a request comes from our own pages: browsers send Origin with every POST, unforgeable. */
export const isOurOrigin = ({ headers }: Request): boolean =>
  isOrigin(headers.get("origin"), headers.get("host") ?? undefined, env().PUBLIC_URL);

/**
 * The context of a request.
 * @param asking the user, where already known
 */
export async function createContext(
  headers: Pick<Headers, "get">,
  asking: Promise<Actor | null> = actorOf(headers),
): Promise<Context> {
  const actor = await asking;
  return {
    actor,
    locale: localeFor(headers, actor?.language),
    address: clientAddress(headers),
    device: deviceToken(headers),
    now: new Date(),
  };
}

const YEAR_SECONDS = 365 * 86_400;

/** Answers /language/es: stores the language in a cookie and redirects back to `from`. */
export function chooseOnDevice(request: Request, language: string): Response {
  const from = localPath(new URL(request.url).searchParams.get("from"), "/");
  const chosen = interfaceLanguageOf(language);
  const headers = new Headers({ Location: from, "Cache-Control": "no-store" });
  if (chosen) {
    const secure = env().PUBLIC_URL.startsWith("https:") ? "; Secure" : "";
    const life = `Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly${secure}`;
    headers.set("Set-Cookie", `${LANGUAGE_COOKIE}=${chosen}; ${life}`);
  }
  return new Response(null, { status: chosen ? 303 : 404, headers });
}
