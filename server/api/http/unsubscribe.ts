/**
 * The address in the header List-Unsubscribe, at which mail programs stop e-mails of a kind by one POST without
 * cookies (RFC 8058). Programs that only open links change nothing: neither GET nor a POST without that field does.
 */
import { DomainError } from "../../../domain/kernel/errors";
import { unsubscribe } from "../../notification/settings";
import { env } from "../../platform/env";
import { readUnsubscribeToken } from "../../platform/mail/unsubscribe-link";
import { requireWithinRate } from "../../platform/rate-limit";
import { clientAddress } from "../auth";

/** The field that RFC 8058 requires, and the one by which the page's own button asks for a page as the answer. */
const FIELD = "List-Unsubscribe";
const FROM_PAGE = "from-page";

const MAX_BODY_BYTES = 2000;
const NOT_CACHED = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };

const pageOf = (token: string) => `${env().PUBLIC_URL}/unsubscribe/${encodeURIComponent(token)}`;
const goTo = (url: string) =>
  new Response(null, { status: 303, headers: { ...NOT_CACHED, Location: url } });

/** Answers GET: the page with the button. */
export const showUnsubscribe = (token: string): Response => goTo(pageOf(token));

/** Answers POST. The answer is the same for a link that is not valid. */
export async function postUnsubscribe(request: Request, token: string): Promise<Response> {
  const form = await readShortForm(request);
  if (form?.get(FIELD) !== "One-Click") {
    return new Response(`Send the field ${FIELD}=One-Click.\n`, {
      status: 400,
      headers: NOT_CACHED,
    });
  }
  try {
    await requireWithinRate("openWrite", `unsubscribe:${clientAddress(request.headers)}`);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response("Too many requests\n", { status: 429, headers: NOT_CACHED });
  }
  const link = readUnsubscribeToken(token);
  if (link) await unsubscribe(link, new Date());
  if (form.get(FROM_PAGE)) return goTo(`${pageOf(token)}?done`);
  return new Response("Done\n", { status: 200, headers: NOT_CACHED });
}

async function readShortForm(request: Request): Promise<FormData | null> {
  if (Number(request.headers.get("content-length") ?? Number.NaN) > MAX_BODY_BYTES) return null;
  try {
    const body = await request.arrayBuffer();
    if (body.byteLength > MAX_BODY_BYTES) return null;
    const type = request.headers.get("content-type") ?? "";
    return await new Response(body, { headers: { "Content-Type": type } }).formData();
  } catch {
    return null;
  }
}
