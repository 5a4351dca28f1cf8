import { useTranslations } from "@/components/translations";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Disclosure } from "@/components/ui/disclosure";
import { MoreLink } from "@/components/ui/more-link";
import { Section } from "@/components/ui/page";
import { Select } from "@/components/ui/select";
import { type Separator, separators } from "@/domain/kernel/csv";
import { toSearchParams, withQuery } from "@/domain/kernel/query";
import { type StatementFilters, statementFileShape, statementShape } from "@/domain/ledger/schema";
import { type Line, Statement } from "./statement";

/** A statement with its filters, which are a plain form and work before scripts run. */
export function StatementSection({
  statement,
  filters,
  path,
  files,
  ...rest
}: {
  statement: { lines: readonly Line[]; next: number | null };
  filters: StatementFilters;
  /** The page's URL without a query. */
  path: string;
  /** The URLs to print and download the whole statement, and its account. */
  files?: { path: string; member?: string; separator: Separator };
  community: string;
  timeZone: string;
  opensExchanges: boolean;
}) {
  const t = useTranslations("account");
  const isFiltered = Boolean(filters.from || filters.to || filters.direction !== "all");
  const directions = [
    { value: "all", label: t("all") },
    { value: "in", label: t("in") },
    { value: "out", label: t("out") },
  ];
  return (
    <Section
      title={t("statement")}
      actions={
        files && <Files {...files} filters={filters} isEmpty={statement.lines.length === 0} />
      }
    >
      <Disclosure summary={t("filter")} open={isFiltered}>
        <form method="get" action={path} className="grid gap-4 sm:grid-cols-3">
          <Select
            label={t("direction")}
            name="direction"
            options={directions}
            defaultValue={filters.direction}
          />
          <DateInput label={t("from")} name="from" defaultValue={filters.from} />
          <DateInput label={t("to")} name="to" defaultValue={filters.to} />
          <div className="sm:col-span-3">
            <Actions>
              <Button type="submit" variant="secondary">
                {t("apply")}
              </Button>
              {isFiltered && (
                <LinkButton href={path} variant="quiet">
                  {t("clear")}
                </LinkButton>
              )}
            </Actions>
          </div>
        </form>
      </Disclosure>
      {statement.lines.length === 0 ? (
        <p className="text-ink-soft">{isFiltered ? t("emptyFiltered") : t("empty.lead")}</p>
      ) : (
        <Statement lines={statement.lines} {...rest} />
      )}
      {statement.next !== null && (
        <MoreLink
          href={withQuery(
            path,
            toSearchParams(statementShape, { ...filters, before: statement.next }),
          )}
          label={t("older")}
        />
      )}
    </Section>
  );
}

/** Links to print or download the whole statement with the same filters. */
function Files({
  path,
  member,
  separator,
  filters: { direction, from, to },
  isEmpty,
}: {
  path: string;
  member?: string;
  /** That of the community's region. */
  separator: Separator;
  filters: StatementFilters;
  isEmpty: boolean;
}) {
  const t = useTranslations("account");
  if (isEmpty) return null;
  const other = separators.find((each) => each !== separator) ?? separator;
  const hrefOf = (file: string, by?: Separator) =>
    withQuery(
      `${path}/${file}`,
      toSearchParams(statementFileShape, { member, direction, from, to, separator: by }),
    );
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-1">
      <a href={hrefOf("print")} className="link">
        {t("toPrint")}
      </a>
      <a href={hrefOf("statement.csv")} className="link" download>
        {t("toFile")}
      </a>
      <a href={hrefOf("statement.csv", other)} className="link" download>
        {t(other === "," ? "toFileWithCommas" : "toFileWithSemicolons")}
      </a>
    </p>
  );
}
