import { useFormatter } from "next-intl";
import { weekdayText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import type { Search } from "@/domain/search/schema";

/** What a search asks for, in words: “piano”, Offers, Lessons, up to 3 km away. */
export function useSearchWords() {
  const t = useTranslations("search");
  const format = useFormatter();
  const browse = useTranslations("listing.browse");
  const categoryWords = useTranslations("category");
  const place = useTranslations("listing.place");
  return ({ words, kind, category, places, spoken, within, availableOn }: Search): string => {
    const parts = [
      words && t("quoted", { words }),
      kind && browse(kind),
      category && categoryWords(category),
      ...places.map((each) => place(each)),
      spoken && t("spoken", { language: spoken }),
      within && t("withinKilometres", { kilometres: within }),
      availableOn && weekdayText(format, availableOn),
    ].filter(Boolean);
    return parts.join(", ") || t("everything");
  };
}
