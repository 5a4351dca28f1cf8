import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Locale, messagesOf } from "@/server/platform/i18n/messages";
import { Contact } from "./contact";
import type { Exchange } from "./exchange";
import { ExchangeListItem } from "./list/exchange-row";
import { SideAvatar, SideLink } from "./side";
import { History } from "./status/history";
import { StatusPanel } from "./status/status-panel";
import { ExchangeTerms } from "./terms";

const now = new Date("2026-06-01T10:00:00Z");
const fund = { kind: "fund", id: "community" } as const;
const ana = {
  kind: "member",
  id: "ana",
  number: 7,
  displayName: "Ana",
  photoId: "photo",
  role: "member",
} as const;

/** An exchange that Ana gives and the fund pays, as Ana sees it. */
const exchange = {
  id: "exchange",
  status: "agreed",
  title: "Chairs",
  category: "other",
  startsAt: now,
  minutes: 60,
  agreedMinutes: 60,
  reportedMinutes: null,
  agreedAt: now,
  reversedAt: null,
  createdAt: now,
  endedAt: null,
  giver: ana,
  receiver: fund,
  other: fund,
  mySide: "giver",
  myTurn: false,
  contact: null,
  version: 1,
  place: "receiver",
  placeNote: "",
  pendingById: "ana",
  dueAt: null,
  remindedAt: null,
  reportedAt: null,
  listing: null,
  rescheduleTo: null,
  isTaken: false,
  series: [],
  isOver: false,
  actions: [],
  reportMode: "due",
  automaticOutcome: null,
  returnableUntil: null,
  events: [
    {
      number: 1,
      kind: "agreed",
      at: now,
      minutes: 60,
      startsAt: now,
      reason: "",
      cause: "",
      byId: "community",
      by: fund,
    },
  ],
  isUnseen: false,
  notes: [],
} satisfies Exchange;

const shown = (children: ReactNode, locale: Locale = "en") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      {children}
    </NextIntlClientProvider>,
  );

describe("the fund as a side", () => {
  const props = { exchange, community: "c", timeZone: "UTC" };
  const parts: [string, ReactNode][] = [
    ["a list", <ExchangeListItem key="list" {...props} />],
    ["the terms", <ExchangeTerms key="terms" {...props} />],
    [
      "the terms for a coordinator",
      <ExchangeTerms key="other" {...props} exchange={{ ...exchange, mySide: null }} />,
    ],
    ["the status", <StatusPanel key="status" {...props} now={now} />],
    ["the history", <History key="history" {...props} />],
  ];

  it.each(parts)("has its name in %s, and no link to a member", (_, part) => {
    const names = { en: "Community fund", es: "Fondo común", ar: "صندوق المجتمع" };
    for (const locale of ["en", "es", "ar"] as const) {
      const html = shown(part, locale);
      expect(html).toContain(names[locale]);
      expect(html).not.toContain("/members/community");
      expect(html).not.toContain("undefined");
    }
  });

  it("has no contact details", () => {
    expect(shown(<Contact exchange={exchange} />)).toBe("");
  });

  it("has a drawing and no photo, where a member has a photo and a link", () => {
    expect(shown(<SideAvatar of={fund} community="c" />)).toMatch(/^<svg(?!.*<img)/);
    expect(shown(<SideAvatar of={ana} community="c" />)).toContain("<img");
    expect(shown(<SideLink of={fund} community="c" />)).toBe("Community fund");
    expect(shown(<SideLink of={ana} community="c" />)).toContain('href="/c/members/ana"');
  });
});
