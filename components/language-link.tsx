"use client";

import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { InterfaceLanguage } from "@/domain/kernel/languages";

/** Links to the open page in another language, with its full URL, such as that of an invitation. */
export function LanguageLink({
  language,
  isCurrent,
  children,
}: {
  language: InterfaceLanguage;
  isCurrent: boolean;
  children: ReactNode;
}) {
  const search = useSearchParams().toString();
  const here = `${usePathname()}${search ? `?${search}` : ""}`;
  return (
    // A plain link, so that the whole page is loaded in the other language.
    <a
      href={`/language/${language}?from=${encodeURIComponent(here)}`}
      hrefLang={language}
      lang={language}
      aria-current={isCurrent ? "true" : undefined}
      className="inline-flex min-h-11 min-w-11 items-center justify-center px-1 underline decoration-2 underline-offset-4 aria-[current]:font-bold aria-[current]:no-underline"
    >
      {children}
    </a>
  );
}
