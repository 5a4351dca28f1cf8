/** The door for requests from browsers: tRPC over HTTP, and what can be known of a request. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { incomingMessageToRequest } from "@trpc/server/adapters/node-http";
import packageFile from "@/package.json";
import { actorOf, clientAddress } from "./auth";
import { isDatabaseUp } from "./db/read/health";
import { interfaceLanguageOf } from "./domain/community";
import { localPath } from "./domain/local-path";
import { env } from "./env";
import { RETRY_AFTER_SECONDS, toTRPCError } from "./errors";
import { LANGUAGE_COOKIE, localeFor } from "./locale";
import { appRouter } from "./routers/app";
import type { Actor, Context } from "./trpc";

/** A refusal before any procedure is asked. */
const refuse = (status: number, sentence: string) => Response.json({ error: sentence }, { status });

/**
 * Answers /api/trpc. Writing needs our own Origin and JSON; nothing else gets near a procedure.
 * @param contextOf who asks; by the session's cookie unless a test says otherwise
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
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () =>
      contextOf(request.headers).catch((error: unknown) => {
        throw toTRPCError(error);
      }),
    responseMeta: ({ errors }) =>
      errors.some(({ code }) => code === "SERVICE_UNAVAILABLE")
        ? { headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } }
        : {},
    maxBatchSize: 10,
  });
}

/**
 * The same in front of Next, which takes no part in it (docs/decisions/016-api-in-front.md).
 * Bodies too large are cut off by scripts/web.ts.
 */
export async function answerTRPC(sent: IncomingMessage, response: ServerResponse): Promise<void> {
  let request: Request;
  try {
    request = incomingMessageToRequest(sent, response, { maxBodySize: null });
  } catch (error) {
    // A Host of which no address can be made.
    if (!(error instanceof TRPCError)) throw error;
    return send(refuse(400, "This address cannot be read. Check it for a slip."), response);
  }
  await send(await handleTRPC(request), response);
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  // What is too large was answered already.
  if (response.headersSent) return;
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(body);
}

/** Browsers send Origin with every POST; a page of another site cannot forge it. */
export function isOurOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (!origin) return false;
  if (origin === new URL(env().PUBLIC_URL).origin) return true;
  // On the machine itself the same server has several names (localhost, 127.0.0.1).
  const host = request.headers.get("host");
  return origin === `http://${host}` || origin === `https://${host}`;
}

/**
 * The context of one request.
 * @param asking who asks, where that is known already
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
    now: new Date(),
  };
}

const YEAR_SECONDS = 365 * 86_400;

/** Answers /language/es: keeps the language in a cookie, and leads back to where one was. */
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

/** Answers /api/health: 200 when everything works, 503 while the database is away. */
export async function health(): Promise<Response> {
  const up = await isDatabaseUp();
  return Response.json(
    {
      status: up ? "ok" : "unavailable",
      version: packageFile.version,
      database: up ? "up" : "down",
    },
    { status: up ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
