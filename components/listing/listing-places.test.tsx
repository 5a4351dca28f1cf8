import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Locale, messagesOf } from "@/server/platform/i18n/messages";
import { ListingPlaces } from "./listing-places";

const written = (isMine: boolean, locale: Locale) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ListingPlaces places={["mine", "yours"]} isMine={isMine} />
    </NextIntlClientProvider>,
  );

describe("where help can happen", () => {
  it.each([
    ["en", "At my place · At the other person’s place", "At their place · At your place"],
    ["es", "En mi casa · En casa de la otra persona", "En su casa · En tu casa"],
    ["ar", "في بيتي · في بيت الشخص الآخر", "في بيت صاحب الإعلان · في بيتك"],
  ] as const)(
    "is said to its member as in the form, and to others as they see it: %s",
    (...row) => {
      const [locale, mine, theirs] = row;
      expect([written(true, locale), written(false, locale)]).toEqual([mine, theirs]);
    },
  );
});
