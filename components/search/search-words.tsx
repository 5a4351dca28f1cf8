import { useTranslations } from "@/components/translations";
import type { Search } from "@/domain/search/schema";
import { useChoices } from "./filters";

/** What a search asks for, in words: “piano”, Offers, Lessons, up to 3 km away. */
export function useSearchWords() {
  const t = useTranslations("search");
  const choicesOf = useChoices();
  return (search: Search): string => {
    const { words } = search;
    const parts = choicesOf(search).map((choice) => choice.words);
    return [...(words ? [t("quoted", { words })] : []), ...parts].join(", ") || t("everything");
  };
}
