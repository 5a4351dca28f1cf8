/** Calendar endpoints: iCalendar (RFC 5545) of one exchange, or of all exchanges of a user. */
import { DomainError } from "../../../domain/kernel/errors";
import { token as tokenShape } from "../../../domain/kernel/input";
import { ownerOfCalendar } from "../../calendar/commands";
import { calendarFile } from "../../calendar/file";
import { readCalendar } from "../../calendar/queries";
import { localeOf } from "../../platform/i18n/messages";
import { requireWithinRate } from "../../platform/rate-limit";
import { logSecurity } from "../../platform/security-log";
import { clientAddress } from "../auth";
import { api, callOrNull } from "../caller";
import { createContext } from "./trpc-http";

const HEADERS = {
  "Content-Type": "text/calendar; charset=utf-8",
  "Cache-Control": "private, no-store",
  // A leaked URL must not appear in search engines.
  "X-Robots-Tag": "noindex",
};

const nothing = () =>
  new Response("Not found\n", { status: 404, headers: { "Cache-Control": "no-store" } });

/** Answers with a user's calendar; its URL holds the token. Refused requests are logged. */
export async function calendarFeed(request: Request, token: string): Promise<Response> {
  const name = token.replace(/\.ics$/, "");
  const address = clientAddress(request.headers);
  const log = (why: string) =>
    logSecurity({ event: "refused", what: "calendar.feed", why, address });
  try {
    await requireWithinRate("calendar", address);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    log(error.code);
    return new Response("Too many requests\n", { status: 429 });
  }
  const owner = tokenShape.safeParse(name).success ? await ownerOfCalendar(name) : null;
  if (!owner) {
    log("notFound");
    return nothing();
  }
  const entries = await readCalendar(owner.userId, new Date());
  const language = owner.language ?? entries[0]?.community.language;
  return new Response(calendarFile(entries, localeOf(language)), { headers: HEADERS });
}

/** Answers with one exchange as a calendar file, for its giver and receiver. */
export async function exchangeFile(
  request: Request,
  community: string,
  id: string,
): Promise<Response> {
  const { locale } = await createContext(request.headers);
  const procedures = await api();
  const exchange = await callOrNull(procedures.exchange.get({ community, id }));
  if (!exchange?.mySide) return nothing();
  const { name, language } = (await procedures.community.here({ community })).community;
  const { version, title, startsAt, agreedMinutes, status, mySide, other, place } = exchange;
  const changedAt = exchange.events.at(-1)?.at ?? exchange.createdAt;
  const entry = {
    id,
    version,
    title,
    startsAt,
    minutes: agreedMinutes,
    status,
    place,
    changedAt,
    community: { slug: community, name, language },
    iGive: mySide === "giver",
    other,
    // The member asks for this file, on a page that shows the names.
    isNeutral: false,
  };
  return new Response(calendarFile([entry], locale), {
    headers: { ...HEADERS, "Content-Disposition": 'attachment; filename="evenhour.ics"' },
  });
}
