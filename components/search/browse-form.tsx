import Link from "next/link";
import { useId } from "react";
import { useTranslations } from "@/components/translations";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldGroup } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import {
  type FilterName,
  filterNames,
  type Order,
  orders,
  type Search,
} from "@/domain/search/schema";
import { placesOf } from "../listing/listing-words";
import { type Facets, type FilterView, useFilters } from "./filters";

type BrowseFormProps = {
  /** The page's URL without a query. */
  path: string;
  /** The URL without filters. */
  clear: string;
  view: "map" | undefined;
  query: Search & { order: Order };
  facets: Facets;
  /** Whether distances are known; otherwise the form links to the profile to set a location. */
  point: { isSet: true } | { isSet: false; href: string };
};

/** Search words and filters with the number of results; a plain form, which works before scripts run. */
export function BrowseForm({ path, clear, view, query, facets, point }: BrowseFormProps) {
  const t = useTranslations("listing.browse");
  const filters = useFilters();
  const { kind, words, places, order } = query;
  const select = (name: SelectName) => (
    <FilterSelect
      key={name}
      name={name}
      // The values of a filter's field are those of its view.
      view={filters[name] as FilterView<unknown>}
      facet={facets[name]}
      chosen={query[name]}
    />
  );
  const others = filterNames.filter(
    (name): name is SelectName => !OWN_CONTROL.has(name) && (name !== "within" || point.isSet),
  );
  return (
    <search>
      <form method="get" action={path} className="grid grid-cols-1 gap-4">
        {/* The tab stays chosen when one searches, and the map where it is. */}
        {kind && <input type="hidden" name="kind" value={kind} />}
        {view && <input type="hidden" name="view" value={view} />}
        <div className="grid items-end gap-4 sm:grid-cols-2 md:grid-cols-[1fr_1fr_auto]">
          <TextInput
            label={t("words")}
            name="words"
            type="search"
            maxLength={80}
            enterKeyHint="search"
            defaultValue={words}
          />
          {select("category")}
          <Actions>
            <Button type="submit" variant="secondary">
              {t("search")}
            </Button>
            {(words || query.category) && (
              <LinkButton href={clear} variant="quiet">
                {t("clear")}
              </LinkButton>
            )}
          </Actions>
        </div>
        <Disclosure
          summary={t("narrow")}
          open={places.length > 0 || others.some((name) => query[name]) || order !== "best"}
        >
          <div className="grid gap-5 sm:grid-cols-2">
            <PlaceChoices facets={facets} chosen={places} />
            <div className="grid content-start gap-4">
              {others.map(select)}
              {!point.isSet && (
                <p>
                  <Link href={point.href} className="link">
                    {t("setPoint")}
                  </Link>
                </p>
              )}
              <Select
                label={t("order")}
                name="order"
                options={orders
                  .filter((each) => each !== "near" || point.isSet)
                  .map((value) => ({ value, label: t(orderLabels[value]) }))}
                defaultValue={order}
              />
            </div>
          </div>
        </Disclosure>
      </form>
    </search>
  );
}

/** Filters with a control of their own: the tabs, the list beside the words, the boxes. */
const OWN_CONTROL = new Set<FilterName>(["kind", "category", "places"]);
type SelectName = Exclude<FilterName, "kind" | "places">;

const orderLabels = { best: "orderBest", near: "orderNear", new: "orderNew" } as const;

/** Where help can happen, from the visitor's point of view; matches any of those ticked. */
function PlaceChoices({ facets, chosen }: Pick<BrowseFormProps, "facets"> & { chosen: string[] }) {
  const t = useTranslations("listing.browse");
  const place = useTranslations("listing.place");
  const id = useId();
  // A selected place stays visible, even without results, so that it can be removed.
  const options = placesOf([...chosen, ...facets.places.map(({ value }) => value)]);
  if (options.length === 0) return null;
  return (
    <FieldGroup id={id} label={t("where")}>
      <div>
        {options.map((value) => (
          <Checkbox
            key={value}
            name="places"
            value={value}
            label={t("choice", {
              name: place(value),
              count: facets.places.find((each) => each.value === value)?.count ?? 0,
            })}
            defaultChecked={chosen.includes(value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

/** A filter as a list of values with their numbers of listings; left out without any. */
function FilterSelect({
  name,
  view,
  facet,
  chosen,
}: {
  name: SelectName;
  view: FilterView<unknown>;
  facet: readonly { value: unknown; label?: string; count: number }[];
  chosen: unknown;
}) {
  const t = useTranslations("listing.browse");
  const isChosen = chosen !== undefined && chosen !== "";
  // A chosen value stays visible, even without results, so that it can be removed.
  const isMissing = isChosen && !facet.some(({ value }) => value === chosen);
  const values = isMissing ? [...facet, { value: chosen, count: 0 }] : facet;
  if (values.length === 0 && name !== "category") return null;
  const { compare } = view;
  const sorted = compare ? values.toSorted((a, b) => compare(a.value, b.value)) : values;
  return (
    <Select
      label={view.label}
      name={name}
      placeholder={view.any}
      options={sorted.map(({ value, label, count }) => ({
        value: String(value),
        label: t("choice", { name: view.name(value, label ?? ""), count }),
      }))}
      defaultValue={isChosen ? String(chosen) : ""}
    />
  );
}
