import Link from "next/link";
import { useFormatter } from "next-intl";
import { weekdayText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { LinkButton } from "@/components/ui/button";
import { OwnLine } from "@/components/ui/own-words";
import type { Search } from "@/domain/search/schema";

/** What is chosen, each to be taken away again. */
export function SearchChoices({
  search,
  facets,
  pathOf,
  all,
}: {
  search: Search;
  facets: Outputs["listing"]["browse"]["facets"];
  /** The address with other choices. */
  pathOf: (more: Partial<Search>) => string;
  /** The address without any. */
  all: string;
}) {
  const t = useTranslations("listing.browse");
  const searched = useTranslations("search");
  const category = useTranslations("category");
  const place = useTranslations("listing.place");
  const format = useFormatter();
  const { words, places, spoken, within, availableOn } = search;
  const label = facets.spoken.find(({ value }) => value === spoken)?.label ?? spoken;
  const choices = [
    ...(words ? [{ name: searched("quoted", { words }), href: pathOf({ words: "" }) }] : []),
    ...(search.kind ? [{ name: t(search.kind), href: pathOf({ kind: undefined }) }] : []),
    ...(search.category
      ? [{ name: category(search.category), href: pathOf({ category: undefined }) }]
      : []),
    ...places.map((each) => ({
      name: place(each),
      href: pathOf({ places: places.filter((other) => other !== each) }),
    })),
    ...(spoken ? [{ name: label, href: pathOf({ spoken: "" }) }] : []),
    ...(within
      ? [
          {
            name: t("withinKilometres", { kilometres: within }),
            href: pathOf({ within: undefined }),
          },
        ]
      : []),
    ...(availableOn
      ? [{ name: weekdayText(format, availableOn), href: pathOf({ availableOn: undefined }) }]
      : []),
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
