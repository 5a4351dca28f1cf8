import { useLocale, useTranslations } from "next-intl";
import { interfaceLanguageOf, interfaceLanguages } from "@/server/domain/community";

/** The languages by their own names, as plain links: they work for anybody, before scripts run. */
export function LanguageLinks({ from }: { from: string }) {
  const site = useTranslations("site");
  const t = useTranslations("ui.languages");
  const here = interfaceLanguageOf(useLocale());
  return (
    <nav aria-label={site("language")}>
      <ul className="flex flex-wrap items-center justify-center gap-x-4">
        {interfaceLanguages.map((language) => (
          <li key={language}>
            {/* A plain link: the whole page is read anew in the other language. */}
            <a
              href={`/language/${language}?from=${encodeURIComponent(from)}`}
              hrefLang={language}
              lang={language}
              aria-current={language === here ? "true" : undefined}
              className="inline-flex min-h-11 min-w-11 items-center justify-center px-1 underline decoration-2 underline-offset-4 aria-[current]:font-bold aria-[current]:no-underline"
            >
              {t(language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
