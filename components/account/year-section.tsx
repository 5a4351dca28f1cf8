import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Section } from "@/components/ui/page";
import { type Year, YearChart, YearLegend } from "./year-chart";
import { KindsTable, MonthsTable } from "./year-tables";

/** A year of an account: in a sentence, as a chart, and as tables. */
export function YearSection({
  year: { months, categories, exchanges, people, given, received, years },
  shown,
  name,
  path,
}: {
  year: Year;
  /** The calendar year; without one, the last twelve months. */
  shown: number | undefined;
  /** The account's member, unless it is the reader. */
  name?: string;
  /** The page's URL without a query. */
  path: string;
}) {
  const t = useTranslations("account.year");
  const ui = useTranslations("ui");
  const values = {
    exchanges,
    people,
    name: name ?? "",
    given: hoursText(ui, given),
    received: hoursText(ui, received),
  };
  const summary = exchanges === 0 ? t("nothing") : t(name ? "summaryOf" : "summary", values);
  const tabs = [
    { href: `${path}#year`, label: t("lastTwelve"), current: shown === undefined },
    ...years.map((year) => ({
      href: `${path}?year=${year}#year`,
      label: String(year),
      current: shown === year,
    })),
  ];
  return (
    <Section
      title={shown ? t("titleOf", { year: String(shown) }) : t("title")}
      id="year"
      lead={summary}
    >
      <LinkTabs label={t("which")} tabs={tabs} />
      {exchanges > 0 && (
        <>
          <YearLegend />
          <YearChart months={months} label={summary} />
        </>
      )}
      <Disclosure summary={t("asTable")}>
        <div className="grid gap-6">
          <MonthsTable months={months} />
          <p className="text-sm text-ink-soft">{t("balanceHint")}</p>
          {categories.length > 0 && <KindsTable categories={categories} />}
        </div>
      </Disclosure>
    </Section>
  );
}
