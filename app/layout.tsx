import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { getTranslations } from "@/app/translations";
import { OfflineSetting } from "@/components/offline/offline-setting";
import { SkipLink } from "@/components/ui/skip-link";
import { directionOf } from "@/domain/kernel/languages";
import { cachesPages } from "@/server/api/http/service-worker";
import { localeOf } from "@/server/platform/i18n/messages";
import "./globals.css";
import { backgroundColour } from "./background-colour";
import { MessagesProvider } from "./messages-provider";

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
  // Every page is rendered per request: the nonce of its scripts is new each time (server/api/http/headers.ts).
  await connection();
  const [tag, t] = await Promise.all([getLocale(), getTranslations("site")]);
  const locale = localeOf(tag);
  return (
    <html lang={locale} dir={directionOf(locale)} data-locale={tag}>
      <body>
        <MessagesProvider>
          <SkipLink label={t("skip")} />
          <OfflineSetting isEnabled={cachesPages()} />
          {children}
        </MessagesProvider>
      </body>
    </html>
  );
}
