import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Locale, messagesOf } from "@/server/platform/i18n/messages";
import { MemberName } from "./member-name";

const shown = (displayName: string, role: "member" | "coordinator", locale: Locale = "en") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <MemberName of={{ displayName, role }} />
    </NextIntlClientProvider>,
  );

describe("the coordinator badge", () => {
  it.each([
    ["en", "Coordinator"],
    ["es", "Coordinación"],
    ["ar", "منسّق"],
  ] as const)(
    "stands after a coordinator's name as a drawing with a label (%s)",
    (locale, label) => {
      const html = shown("Carla", "coordinator", locale);
      expect(html).toMatch(/^<bdi>Carla<\/bdi> <svg role="img"/);
      expect(html).toContain(`aria-label="${label}"`);
    },
  );

  it("stands beside nobody else's name, whatever is in it", () => {
    const markup = '<svg role="img" aria-label="Coordinator">';
    for (const name of ["Ana", "Carla Coordinator", "Carla 🛡️✔", markup]) {
      expect(shown(name, "member")).toMatch(/^<bdi>[^<]*<\/bdi>$/);
    }
  });
});
