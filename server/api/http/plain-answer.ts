/** Refusals before anything of the application is asked: one sentence, in the form that was asked for. */
import { createTranslator } from "use-intl/core";
import { DomainError } from "../../../domain/kernel/errors";
import { localeFor } from "../../platform/i18n/locale";
import { type Locale, messagesOf } from "../../platform/i18n/messages";
import { answerTo, type ErrorView } from "../errors";

const API = "/api/trpc/";
/** The names and JSON-RPC's numbers that tRPC has for the statuses of these refusals. */
const CODES: Record<number, { code: string; number: number }> = {
  429: { code: "TOO_MANY_REQUESTS", number: -32_029 },
  503: { code: "SERVICE_UNAVAILABLE", number: -32_603 },
};

export type PlainAnswer = { status: number; headers: Record<string, string>; body: string };

type Asked = { url: string; headers: Pick<Headers, "get"> };

/** @param error a refusal, whose value `seconds` becomes Retry-After, or whatever else went wrong */
export function plainAnswer(error: unknown, { url, headers }: Asked): PlainAnswer {
  const locale = localeFor(headers, null);
  const { status, failure } = answerTo(error, locale);
  const retry = error instanceof DomainError ? error.values.seconds : undefined;
  const shared: Record<string, string> = retry ? { "Retry-After": String(retry) } : {};
  if (url.startsWith(API)) {
    const answer = envelope(failure, status);
    // A batch is answered one by one.
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

/** What tRPC's client expects of an error. */
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
