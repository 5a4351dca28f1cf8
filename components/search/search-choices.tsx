import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { OwnLine } from "@/components/ui/own-words";
import type { Search } from "@/domain/search/schema";
import { type Facets, useChoices } from "./filters";

/** What is chosen, each to be taken away again. */
export function SearchChoices({
  search,
  facets,
  pathOf,
  all,
}: {
  search: Search;
  facets: Facets;
  /** The address with other choices. */
  pathOf: (more: Partial<Search>) => string;
  /** The address without any. */
  all: string;
}) {
  const t = useTranslations("listing.browse");
  const searched = useTranslations("search");
  const choicesOf = useChoices();
  const { words } = search;
  const choices = [
    ...(words ? [{ name: searched("quoted", { words }), href: pathOf({ words: "" }) }] : []),
    ...choicesOf(search, facets).map(({ filter, name, rest }) => ({
      name,
      href: pathOf({ [filter]: rest }),
    })),
  ];
  return (
    <>
      <ul aria-label={t("active")} className="flex flex-wrap gap-2">
        {choices.map(({ name, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-label={t("remove", { name })}
              className="inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-sheet px-4 py-1 hover:border-ink"
            >
              <OwnLine>{name}</OwnLine>
              <span aria-hidden="true">×</span>
            </Link>
          </li>
        ))}
      </ul>
      {choices.length > 1 && (
        <LinkButton href={all} variant="quiet">
          {t("clear")}
        </LinkButton>
      )}
    </>
  );
}
