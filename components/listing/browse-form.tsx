import Link from "next/link";
import { useFormatter, useLocale } from "next-intl";
import { useId } from "react";
import { weekdayText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldGroup } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { byWeekOrder } from "@/domain/kernel/region";
import { type Order, orders, type Search } from "@/domain/search/schema";
import { placesOf } from "./listing-words";

type BrowseFormProps = {
  /** The page's URL without a query. */
  path: string;
  /** The URL without filters. */
  clear: string;
  view: "map" | undefined;
  query: Search & { order: Order };
  facets: Outputs["listing"]["browse"]["facets"];
  /** Whether distances are known; otherwise the form links to the profile to set a location. */
  point: { isSet: true } | { isSet: false; href: string };
};

/** Search words and filters with the number of results; a plain form, which works before scripts run. */
export function BrowseForm({ path, clear, view, query, facets, point }: BrowseFormProps) {
  const t = useTranslations("listing.browse");
  const category = useTranslations("category");
  const format = useFormatter();
  const compareDays = byWeekOrder(useLocale());
  const { kind, words, places, spoken, within, availableOn, order } = query;
  const counted = (name: string, count: number) => t("choice", { name, count });
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
          <Select
            label={t("category")}
            name="category"
            placeholder={t("anyCategory")}
            options={withChosen(facets.category, query.category).map(({ value, count }) => ({
              value,
              label: counted(category(value), count),
            }))}
            defaultValue={query.category ?? ""}
          />
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
          open={places.length > 0 || Boolean(spoken || within || availableOn) || order !== "best"}
        >
          <div className="grid gap-5 sm:grid-cols-2">
            <PlaceChoices facets={facets} chosen={places} />
            <div className="grid content-start gap-4">
              <Select
                label={t("spoken")}
                name="spoken"
                placeholder={t("anyLanguage")}
                options={spokenChoices(facets, spoken).map(({ value, label, count }) => ({
                  value,
                  label: counted(label, count),
                }))}
                defaultValue={spoken}
              />
              {(facets.availableOn.length > 0 || availableOn) && (
                <Select
                  label={t("availableOn")}
                  name="availableOn"
                  placeholder={t("anyDay")}
                  options={withChosen(facets.availableOn, availableOn)
                    .toSorted((a, b) => compareDays(a.value, b.value))
                    .map(({ value, count }) => ({
                      value: String(value),
                      label: counted(weekdayText(format, value), count),
                    }))}
                  defaultValue={availableOn ?? ""}
                />
              )}
              {point.isSet ? (
                <Select
                  label={t("distance")}
                  name="within"
                  placeholder={t("anyDistance")}
                  options={withChosen(facets.within, within).map(({ value, count }) => ({
                    value: String(value),
                    label: counted(t("withinKilometres", { kilometres: value }), count),
                  }))}
                  defaultValue={within ?? ""}
                />
              ) : (
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

/** Adds the selected value if it has no results, so that it stays visible. */
function withChosen<Value>(facet: { value: Value; count: number }[], chosen: Value | undefined) {
  const isThere = chosen === undefined || facet.some(({ value }) => value === chosen);
  return isThere ? facet : [...facet, { value: chosen, count: 0 }];
}

function spokenChoices({ spoken }: BrowseFormProps["facets"], chosen: string) {
  const isThere = !chosen || spoken.some(({ value }) => value === chosen);
  return isThere ? spoken : [...spoken, { value: chosen, label: chosen, count: 0 }];
}
