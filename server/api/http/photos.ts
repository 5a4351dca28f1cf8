/**
 * The door for photos: the only one that takes a form with a file, and the one that shows them. Who
 * asks must be a member, as everywhere; what is refused is told in a sentence.
 */
import { z } from "zod";
import { DomainError } from "../../../domain/kernel/errors";
import { id, slug } from "../../../domain/kernel/input";
import { MAX_PHOTO_BYTES, type PhotoSize, photoSizes } from "../../../domain/photo/photo";
import { requireOwn, setPhoto } from "../../photo/commands";
import { readFormFile } from "../../photo/form-file";
import { makePicture, tooLarge } from "../../photo/picture";
import { readPhoto } from "../../photo/queries";
import { logSecurity } from "../../platform/log";
import { requireWithinRate } from "../../platform/rate-limit";
import { answerTo } from "../errors";
import { type Context, enterCommunity } from "../trpc";
import { createContext, isOurOrigin } from "./trpc-http";

type ContextOf = (headers: Headers) => Promise<Context>;

/** Whatever a file is, a browser shows it as a picture and does nothing else with it. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy":
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
};
const NOT_CACHED = { ...SECURITY_HEADERS, "Cache-Control": "no-store" };

/** What comes around the file: the boundaries and the names of the fields. */
const FORM_BYTES = 16 * 1024;

/** Files of one person that are read or wait at a time: each is whole in memory, and takes its turn. */
const AT_ONCE = 4;
const inProgress = new Map<string, number>();

/** @throws DomainError tooManyAttempts */
async function fewAtOnce<Made>(userId: string, work: () => Promise<Made>): Promise<Made> {
  const others = inProgress.get(userId) ?? 0;
  if (others >= AT_ONCE) throw new DomainError("tooManyAttempts", { wait: 1 });
  inProgress.set(userId, others + 1);
  try {
    return await work();
  } finally {
    const left = (inProgress.get(userId) ?? 1) - 1;
    if (left > 0) inProgress.set(userId, left);
    else inProgress.delete(userId);
  }
}

const refuse = (status: number, error: string) =>
  Response.json({ error }, { status, headers: NOT_CACHED });

/**
 * Answers POST /api/photos/[community], for my own photo, or with ?listing= for that of a listing of
 * mine: a form with one file named "photo".
 * @param contextOf who asks; by the session's cookie unless a test says otherwise
 */
export async function uploadPhoto(
  request: Request,
  community: string,
  contextOf: ContextOf = createContext,
): Promise<Response> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) return refuse(415, "Send a form with a file.");
  if (!isOurOrigin(request)) return refuse(403, "This request came from another site.");
  const ctx = await contextOf(request.headers);
  try {
    const { actor } = ctx;
    if (!actor) throw new DomainError("signInFirst");
    await requireWithinRate("photo", actor.userId);
    const asked = slug.safeParse(community);
    const listing = new URL(request.url).searchParams.get("listing") ?? undefined;
    const listingId = id.optional().safeParse(listing);
    if (!asked.success || !listingId.success) throw new DomainError("notFound");
    const member = { ...(await enterCommunity({ ...ctx, actor }, asked.data)), now: ctx.now };
    const of = { listingId: listingId.data };
    await requireOwn(member, of);
    const picture = await fewAtOnce(actor.userId, async () =>
      makePicture(await readFile(request, type)),
    );
    return Response.json(await setPhoto(member, of, picture), { headers: NOT_CACHED });
  } catch (error) {
    return explain(error, ctx, "photo.set");
  }
}

const address = z.object({ community: slug, id, size: z.enum(photoSizes) });

/**
 * Answers GET /api/photos/[community]/[id]/[size], to members of that community. A photo is never
 * changed, so a browser may keep it; one that is replaced has another address.
 */
export async function servePhoto(
  request: Request,
  asked: { community: string; id: string; size: string },
  contextOf: ContextOf = createContext,
): Promise<Response> {
  const ctx = await contextOf(request.headers);
  try {
    const { actor } = ctx;
    if (!actor) throw new DomainError("signInFirst");
    const found = address.safeParse(asked);
    if (!found.success) throw new DomainError("notFound");
    const { communityId, me } = await enterCommunity({ ...ctx, actor }, found.data.community);
    const photo = await readPhoto(communityId, found.data.id, found.data.size, me.id);
    if (!photo) throw new DomainError("notFound");
    return shown(photo, found.data.size, request.headers.get("if-none-match"));
  } catch (error) {
    return explain(error, ctx, "photo.get");
  }
}

function shown(
  { contentType, sha256, bytes }: NonNullable<Awaited<ReturnType<typeof readPhoto>>>,
  size: PhotoSize,
  known: string | null,
): Response {
  const tag = `"${sha256.slice(0, 32)}-${size}"`;
  const headers = {
    ...SECURITY_HEADERS,
    "Cache-Control": "private, max-age=31536000, immutable",
    ETag: tag,
  };
  if (known?.split(",").some((each) => each.trim().replace(/^W\//, "") === tag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(bytes, {
    headers: { ...headers, "Content-Type": contentType, "Content-Disposition": "inline" },
  });
}

/** The file of the form. @throws DomainError photoTooLarge, photoDamaged, photoNotAPicture */
async function readFile(request: Request, type: string): Promise<Uint8Array> {
  const body = await readAtMost(request, MAX_PHOTO_BYTES + FORM_BYTES);
  const file = readFormFile(body, type, "photo");
  if (!file) throw new DomainError("photoNotAPicture");
  return file;
}

/** Counts while it reads: what is announced may be missing, or a lie. */
async function readAtMost(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) break;
    length += read.value.length;
    if (length > limit) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks, length);
}

function explain(error: unknown, { actor, address: from, locale }: Context, what: string) {
  const { status, failure } = answerTo(error, locale);
  if (failure.reason === "unexpected") console.error(`[${what}]`, error);
  logSecurity({
    event: "refused",
    what,
    why: failure.reason,
    userId: actor?.userId,
    address: from,
  });
  return Response.json(
    { error: failure.sentence, reason: failure.reason },
    { status, headers: NOT_CACHED },
  );
}
