import type { MetadataRoute } from "next";
import { getLocale } from "next-intl/server";
import { getTranslations } from "@/app/translations";
import { directionOf } from "@/domain/kernel/languages";
import { localeOf } from "@/server/platform/i18n/messages";
import { backgroundColour } from "./background-colour";

const icon = (name: string, size: number) => ({
  src: `/icons/${name}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
});

/** The web app manifest, in the browser's language. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [t, tag] = await Promise.all([getTranslations("site"), getLocale()]);
  const lang = localeOf(tag);
  return {
    id: "/",
    name: t("name"),
    short_name: t("name"),
    description: t("description"),
    lang,
    dir: directionOf(lang),
    // Redirects a signed-in member of one community to its home.
    start_url: "/communities",
    scope: "/",
    display: "standalone",
    background_color: backgroundColour.light,
    theme_color: backgroundColour.light,
    icons: [
      icon("icon-192", 192),
      icon("icon-512", 512),
      { ...icon("maskable-512", 512), purpose: "maskable" },
    ],
  };
}
