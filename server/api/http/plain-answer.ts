/** Error responses sent before the application runs, in the format that the client expects. */
import { createTranslator } from "use-intl/core";
import { DomainError } from "../../../domain/kernel/errors";
import { localeFor } from "../../platform/i18n/locale";
import { type Locale, messagesOf } from "../../platform/i18n/messages";
import { answerTo, type ErrorView } from "../errors";

const API = "/api/trpc/";
/** tRPC's codes and JSON-RPC numbers for the HTTP statuses used here. */
const CODES: Record<number, { code: string; number: number }> = {
  429: { code: "TOO_MANY_REQUESTS", number: -32_029 },
  503: { code: "SERVICE_UNAVAILABLE", number: -32_603 },
};

export type PlainAnswer = { status: number; headers: Record<string, string>; body: string };

type PlainRequest = { url: string; headers: Pick<Headers, "get"> };

/** @param error any error; the value `seconds` of a DomainError becomes Retry-After */
export function plainAnswer(error: unknown, { url, headers }: PlainRequest): PlainAnswer {
  const locale = localeFor(headers, null);
  const { status, failure } = answerTo(error, locale);
  const retry = error instanceof DomainError ? error.values.seconds : undefined;
  const shared: Record<string, string> = retry ? { "Retry-After": String(retry) } : {};
  if (url.startsWith(API)) {
    const answer = envelope(failure, status);
    // A batch expects one result for each procedure.
    const count = url.slice(API.length).split("?", 1)[0]?.split(",").length ?? 1;
    const isBatch = /[?&]batch=1(&|$)/.test(url);
    const body = JSON.stringify(isBatch ? Array.from({ length: count }, () => answer) : answer);
    return { status, headers: { ...shared, "Content-Type": "application/json" }, body };
  }
  if (!(headers.get("accept") ?? "").includes("text/html") || url.startsWith("/api/")) {
    const type = { "Content-Type": "text/plain; charset=utf-8" };
    return { status, headers: { ...shared, ...type }, body: `${failure.sentence}\n` };
  }
  return {
    status,
    headers: { ...shared, "Content-Type": "text/html; charset=utf-8" },
    body: page(failure.sentence, locale),
  };
}

/** An error in the format of tRPC's client. */
function envelope(failure: ErrorView, httpStatus: number) {
  const { code, number } = CODES[httpStatus] ?? { code: "INTERNAL_SERVER_ERROR", number: -32_603 };
  const data = { code, httpStatus, ...failure };
  return { error: { json: { message: failure.sentence, code: number, data } } };
}

function page(sentence: string, locale: Locale): string {
  const t = createTranslator({
    locale,
    messages: messagesOf(locale),
    namespace: "site",
  });
  const direction = locale === "ar" ? "rtl" : "ltr";
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(t("name"))}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1.25rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem; }
</style>
<h1>${escaped(t("name"))}</h1>
<p>${escaped(sentence)}</p>
<p><a href="">${escaped(t("tryAgain"))}</a></p>
</html>
`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
