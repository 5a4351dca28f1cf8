import { useTranslations } from "next-intl";
import type { Search } from "@/server/domain/search";

/** What a search asks for, in words: “piano”, Offers, Lessons, up to 3 km away. */
export function useSearchWords() {
  const t = useTranslations("search");
  const browse = useTranslations("listing.browse");
  const categoryWords = useTranslations("category");
  const place = useTranslations("listing.place");
  return ({ words, kind, category, places, spoken, within }: Search): string => {
    const parts = [
      words && `“${words}”`,
      kind && browse(kind),
      category && categoryWords(category),
      ...places.map((each) => place(each)),
      spoken && t("spoken", { language: spoken }),
      within && t("withinKilometres", { kilometres: within }),
    ].filter(Boolean);
    return parts.join(", ") || t("everything");
  };
}
