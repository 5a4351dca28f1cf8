import { useFormatter, useLocale } from "next-intl";
import { weekdayText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { byWeekOrder } from "@/domain/kernel/region";
import type { FilterName } from "@/domain/search/schema";

export type Facets = Outputs["listing"]["browse"]["facets"];
export type FilterValue<Name extends FilterName> = Facets[Name][number]["value"];

/** How a filter is shown. */
export type FilterView<Value> = {
  /** A value as an option and as an active choice; the label is that of the facet. */
  name: (value: Value, label: string) => string;
  /** A value in the description of a search; its name when left out. */
  words?: (value: Value) => string;
  /** Of the list of options, and its first option, which stands for no filter. */
  label: string;
  any: string;
  /** The order of the options; that of the facet when left out. */
  compare?: (one: Value, other: Value) => number;
};

/** The filters of a search. The compiler asks for an entry for each field of `searchShape`. */
export function useFilters(): { [Name in FilterName]: FilterView<FilterValue<Name>> } {
  const t = useTranslations("listing.browse");
  const searched = useTranslations("search");
  const category = useTranslations("category");
  const place = useTranslations("listing.place");
  const format = useFormatter();
  return {
    kind: { name: (kind) => t(kind), label: t("tabs"), any: t("all") },
    category: { name: (each) => category(each), label: t("category"), any: t("anyCategory") },
    places: { name: (each) => place(each), label: t("where"), any: "" },
    spoken: {
      name: (language, label) => label || language,
      words: (language) => searched("spoken", { language }),
      label: t("spoken"),
      any: t("anyLanguage"),
    },
    availableOn: {
      name: (day) => weekdayText(format, day),
      label: t("availableOn"),
      any: t("anyDay"),
      compare: byWeekOrder(useLocale()),
    },
    within: {
      name: (kilometres) => t("withinKilometres", { kilometres }),
      words: (kilometres) => searched("withinKilometres", { kilometres }),
      label: t("distance"),
      any: t("anyDistance"),
    },
  };
}

/** One chosen value of a filter. */
export type Choice = {
  filter: FilterName;
  name: string;
  words: string;
  /** The filter's value without this choice. */
  rest: unknown;
};

/** The chosen values of a search, in the order of the filters. */
export function useChoices() {
  const filters = useFilters();
  return (search: Partial<Record<FilterName, unknown>>, facets?: Facets): Choice[] =>
    (Object.keys(filters) as FilterName[]).flatMap((filter) => {
      const chosen = search[filter];
      const isList = Array.isArray(chosen);
      // The values of a filter's field are those of its view.
      const view = filters[filter] as FilterView<unknown>;
      const values = isList ? chosen : chosen === undefined || chosen === "" ? [] : [chosen];
      return values.map((value) => {
        const label = facets?.[filter].find((each) => each.value === value)?.label ?? "";
        const name = view.name(value, label);
        const rest = isList ? values.filter((each) => each !== value) : undefined;
        return { filter, name, words: view.words?.(value) ?? name, rest };
      });
    });
}
