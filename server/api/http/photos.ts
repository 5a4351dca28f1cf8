/**
 * The photo endpoints: the upload, which is the only form with a file, and the download. The caller
 * must be a member; a refusal is answered with a user-facing message.
 */
import { z } from "zod";
import { DomainError } from "../../../domain/kernel/errors";
import { id, slug } from "../../../domain/kernel/input";
import { MAX_PHOTO_BYTES, type PhotoSize, photoSizes } from "../../../domain/photo/photo";
import { requireOwn, setPhoto } from "../../photo/commands";
import { readFormFile } from "../../photo/form-file";
import { makePicture, tooLarge } from "../../photo/picture";
import { readPhoto } from "../../photo/queries";
import { answerTo } from "../errors";
import { type Context, createCallerFactory, memberProcedure, router } from "../trpc";
import { createContext, isOurOrigin } from "./trpc-http";

type ContextOf = (headers: Headers) => Promise<Context>;

/** Whatever the file contains, a browser only shows it as an image. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy":
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
};
const NOT_CACHED = { ...SECURITY_HEADERS, "Cache-Control": "no-store" };

/** Bytes of the form around the file: boundaries and field names. */
const MAX_FORM_BYTES = 16 * 1024;

/** Concurrent uploads of one user, including those that wait: each file is held in memory. */
const MAX_CONCURRENT_UPLOADS = 4;
const inProgress = new Map<string, number>();

/** @throws DomainError tooManyAttempts */
async function limitConcurrency<Made>(userId: string, work: () => Promise<Made>): Promise<Made> {
  const others = inProgress.get(userId) ?? 0;
  if (others >= MAX_CONCURRENT_UPLOADS) throw new DomainError("tooManyAttempts", { wait: 1 });
  inProgress.set(userId, others + 1);
  try {
    return await work();
  } finally {
    const left = (inProgress.get(userId) ?? 1) - 1;
    if (left > 0) inProgress.set(userId, left);
    else inProgress.delete(userId);
  }
}

const address = z.object({ id, size: z.enum(photoSizes) });

/**
 * What these endpoints call: procedures with the checks, limits and logs of all others. They are not
 * part of the API's router, since a file is no JSON. What cannot be an id is not found.
 */
const procedures = router({
  photo: router({
    set: memberProcedure
      .meta({ writeRate: "photo" })
      .input(
        z.strictObject({
          community: slug,
          listingId: z.string().optional(),
          /** Reads the file, once the caller may set the photo. */
          read: z.custom<() => ReturnType<typeof readFile>>((value) => typeof value === "function"),
        }),
      )
      .mutation(async ({ ctx, input: { listingId: asked, read } }) => {
        const listingId = z.optional(id).safeParse(asked);
        if (!listingId.success) throw new DomainError("notFound");
        const of = { listingId: listingId.data };
        await requireOwn(ctx, of);
        const picture = await limitConcurrency(ctx.actor.userId, async () =>
          makePicture(await read()),
        );
        return setPhoto(ctx, of, picture);
      }),

    get: memberProcedure
      .input(z.strictObject({ community: slug, id: z.string(), size: z.string() }))
      .query(async ({ ctx, input }) => {
        const asked = address.safeParse({ id: input.id, size: input.size });
        if (!asked.success) throw new DomainError("notFound");
        const { size } = asked.data;
        const photo = await readPhoto(ctx.communityId, asked.data.id, size, ctx.me.id);
        if (!photo) throw new DomainError("notFound");
        return { photo, size };
      }),
  }),
});
const createCaller = createCallerFactory(procedures);

const refuse = (status: number, error: string) =>
  Response.json({ error }, { status, headers: NOT_CACHED });

/**
 * Answers POST /api/photos/[community] with a form that holds one file named "photo". Sets the
 * member's own photo, or with ?listing= the photo of their listing.
 * @param contextOf the request's context; tests replace it
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
  const listingId = new URL(request.url).searchParams.get("listing") ?? undefined;
  const read = () => readFile(request, type);
  try {
    const made = await createCaller(ctx).photo.set({ community, listingId, read });
    return Response.json(made, { headers: NOT_CACHED });
  } catch (error) {
    return explain(error, ctx);
  }
}

/**
 * Answers GET /api/photos/[community]/[id]/[size], to members of that community. A photo never
 * changes, so browsers may cache it; a replacement has another URL.
 */
export async function servePhoto(
  request: Request,
  params: { community: string; id: string; size: string },
  contextOf: ContextOf = createContext,
): Promise<Response> {
  const ctx = await contextOf(request.headers);
  try {
    const { photo, size } = await createCaller(ctx).photo.get(params);
    return photoResponse(photo, size, request.headers.get("if-none-match"));
  } catch (error) {
    return explain(error, ctx);
  }
}

function photoResponse(
  { contentType, sha256, bytes }: NonNullable<Awaited<ReturnType<typeof readPhoto>>>,
  size: PhotoSize,
  ifNoneMatch: string | null,
): Response {
  const tag = `"${sha256.slice(0, 32)}-${size}"`;
  const headers = {
    ...SECURITY_HEADERS,
    "Cache-Control": "private, max-age=31536000, immutable",
    ETag: tag,
  };
  if (ifNoneMatch?.split(",").some((each) => each.trim().replace(/^W\//, "") === tag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(bytes, {
    headers: { ...headers, "Content-Type": contentType, "Content-Disposition": "inline" },
  });
}

/** The file of the form. @throws DomainError photoTooLarge, photoDamaged, photoNotAPicture */
async function readFile(request: Request, type: string): Promise<Uint8Array> {
  const body = await readAtMost(request, MAX_PHOTO_BYTES + MAX_FORM_BYTES);
  const file = readFormFile(body, type, "photo");
  if (!file) throw new DomainError("photoNotAPicture");
  return file;
}

/** Counts the bytes while reading: Content-Length may be missing or false. */
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

/** A refusal; the procedure has logged it. */
function explain(error: unknown, { locale }: Context) {
  const { status, failure } = answerTo(error, locale);
  return Response.json(
    { error: failure.sentence, reason: failure.reason },
    { status, headers: NOT_CACHED },
  );
}
