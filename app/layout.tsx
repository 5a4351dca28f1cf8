import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { getTranslations } from "@/app/translations";
import { OfflineSetting } from "@/components/offline/on-device";
import { SkipLink } from "@/components/ui/skip-link";
import { directionOf } from "@/server/domain/community";
import { localeOf } from "@/server/messages";
import { cachesPages } from "@/server/worker";
import "./globals.css";
import { backgroundColour } from "./paper";
import { MessagesProvider } from "./words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return {
    title: { default: t("title"), template: `%s · ${t("name")}` },
    description: t("description"),
    applicationName: t("name"),
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: backgroundColour.light },
    { media: "(prefers-color-scheme: dark)", color: backgroundColour.dark },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is made for its request: the nonce of its scripts is new each time (scripts/headers.ts).
  await connection();
  const [tag, t] = await Promise.all([getLocale(), getTranslations("site")]);
  const locale = localeOf(tag);
  return (
    <html lang={locale} dir={directionOf(locale)} data-locale={tag}>
      <body>
        <MessagesProvider>
          <SkipLink label={t("skip")} />
          <OfflineSetting keeps={cachesPages()} />
          {children}
        </MessagesProvider>
      </body>
    </html>
  );
}
