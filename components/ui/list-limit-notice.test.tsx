import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Locale, messagesOf } from "@/server/platform/i18n/messages";
import { ListLimitNotice } from "./list-limit-notice";

const written = (shown: number, locale: Locale = "en") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ListLimitNotice shown={shown} most={200} />
    </NextIntlClientProvider>,
  );

describe("a list with a bound", () => {
  it("says so when it has reached it, in every language", () => {
    for (const locale of ["en", "es", "ar"] as const) expect(written(200, locale)).toContain("200");
  });

  it("says nothing before", () => {
    expect(written(199)).toBe("");
  });
});
