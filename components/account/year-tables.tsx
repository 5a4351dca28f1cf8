import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { Hours } from "@/components/format/hours";
import { categoryOf } from "@/components/listing/listing-words";
import { useTranslations } from "@/components/translations";
import { monthText, type Year } from "./year-chart";

type Row = { key: string; name: ReactNode; amounts: ReactNode[] };

function Table({ caption, head, rows }: { caption: string; head: string[]; rows: Row[] }) {
  const cell = "border-t border-line px-3 py-2 text-end sm:px-4";
  return (
    <div className="table-box">
      <table className="w-full border-separate border-spacing-0 rounded-xl border border-line bg-sheet">
        <caption className="pb-2 text-start font-semibold">{caption}</caption>
        <thead className="text-sm text-ink-soft">
          <tr>
            {head.map((name, index) => (
              <th
                key={name}
                scope="col"
                className={`px-3 py-2 font-semibold sm:px-4 ${index === 0 ? "text-start" : "text-end"}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, amounts }) => (
            <tr key={key}>
              <th
                scope="row"
                className="border-t border-line px-3 py-2 text-start font-normal sm:px-4"
              >
                {name}
              </th>
              {amounts.map((amount, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                <td key={index} className={cell} data-head={head[index + 1]}>
                  {amount}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures of the chart, and the balance at the end of each month. */
export function MonthsTable({ months }: { months: Year["months"] }) {
  const t = useTranslations("account");
  const format = useFormatter();
  return (
    <Table
      caption={t("year.byMonth")}
      head={[t("year.month"), t("given"), t("received"), t("balance")]}
      rows={months.map(({ month, given, received, balance }) => ({
        key: month,
        name: monthText(format, month),
        amounts: [
          <Hours key="given" minutes={given} />,
          <Hours key="received" minutes={received} />,
          <Hours key="balance" minutes={balance} signed />,
        ],
      }))}
    />
  );
}

/** The same hours by kind of help. */
export function KindsTable({ categories }: { categories: Year["categories"] }) {
  const t = useTranslations("account");
  const category = useTranslations("category");
  return (
    <Table
      caption={t("year.byKind")}
      head={[t("year.kind"), t("given"), t("received")]}
      rows={categories.map(({ category: kind, given, received }) => ({
        key: kind,
        name: category(categoryOf(kind)),
        amounts: [
          <Hours key="given" minutes={given} />,
          <Hours key="received" minutes={received} />,
        ],
      }))}
    />
  );
}
