/** Answers /api/health, for monitoring: JSON without private data, cheap however often it is requested. */
import type { IncomingMessage, ServerResponse } from "node:http";
import packageFile from "@/package.json";
import { readNightly } from "../../backup/nightly-state";
import { type Health, readHealth } from "../../platform/health";
import { queueState } from "../../platform/jobs/queue";

/** How long an answer is repeated, so that requests cause no load. */
const CACHE_MS = 2000;

type Answer = { status: number; body: string };

let cached: { at: number; answer: Promise<Answer> } | undefined;

/**
 * 200, or 503 with a reason while the database is down or read-only, or its disk is full. Also reports a disk that
 * fills up, a missing backup, and jobs that fail or wait.
 */
export async function health(): Promise<Response> {
  const { status, body } = await readAnswer();
  return new Response(body, { status, headers: HEADERS });
}

/** Answers GET and HEAD /api/health in front of Next (docs/decisions/016-api-in-front.md). */
export async function answerHealth(
  { method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" });
    return void response.end();
  }
  const { status, body } = await readAnswer();
  response.writeHead(status, { ...HEADERS, "Content-Length": Buffer.byteLength(body) });
  response.end(method === "HEAD" ? undefined : body);
}

const HEADERS = { "Content-Type": "application/json", "Cache-Control": "no-store" };

function readAnswer(): Promise<Answer> {
  const at = performance.now();
  if (!cached || at - cached.at >= CACHE_MS) cached = { at, answer: read() };
  return cached.answer;
}

async function read(): Promise<Answer> {
  const { database, disk, since } = await readHealth();
  const { state: backup } = await readNightly(since, new Date());
  const reason = reasonOf(database, disk);
  const body = {
    status: reason ? "unavailable" : "ok",
    ...(reason ? { reason } : {}),
    version: packageFile.version,
    database,
    disk,
    backup,
    jobs: queueState(),
  };
  return { status: reason ? 503 : 200, body: JSON.stringify(body) };
}

function reasonOf(database: Health["database"], disk: Health["disk"]): string | null {
  if (database === "down") return "databaseDown";
  if (disk === "full") return "diskFull";
  return database === "readOnly" ? "databaseRefusesWrites" : null;
}
