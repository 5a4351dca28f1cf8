import { useLocale } from "next-intl";
import { useTranslations } from "@/components/translations";
import { interfaceLanguageOf, interfaceLanguages } from "@/domain/kernel/languages";
import { LanguageLink } from "./language-link";

/** The languages by their own names, as plain links: they work for anybody, before scripts run. */
export function LanguageLinks() {
  const site = useTranslations("site");
  const t = useTranslations("ui.languages");
  const here = interfaceLanguageOf(useLocale());
  return (
    <nav aria-label={site("language")}>
      <ul className="flex flex-wrap items-center justify-center gap-x-4">
        {interfaceLanguages.map((language) => (
          <li key={language}>
            <LanguageLink language={language} isCurrent={language === here}>
              {t(language)}
            </LanguageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
