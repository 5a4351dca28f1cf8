import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Hours } from "@/components/hours";
import type { Outputs } from "@/components/trpc";

export type Line = Outputs["account"]["statement"]["lines"][number];

type StatementProps = {
  lines: readonly Line[];
  community: string;
  timeZone: string;
  /** Whether the reader may open the exchanges that the lines come from. */
  opensExchanges: boolean;
};

/**
 * The lines of a statement, newest first. A real table for the eye and for screen readers; on
 * narrow screens each line becomes a small block with its words beside the figures.
 */
export function Statement({ lines, ...rest }: StatementProps) {
  const t = useTranslations("account");
  return (
    <table className="statement w-full border-separate border-spacing-0 rounded-xl border border-line bg-sheet shadow-sheet">
      <caption className="sr-only">{t("statement")}</caption>
      <thead className="max-sm:sr-only">
        <tr className="text-start text-sm text-ink-soft">
          <th scope="col" className="px-4 py-3 text-start font-semibold">
            {t("date")}
          </th>
          <th scope="col" className="px-4 py-3 text-start font-semibold">
            {t("what")}
          </th>
          <th scope="col" className="px-4 py-3 text-end font-semibold">
            {t("minutes")}
          </th>
          <th scope="col" className="px-4 py-3 text-end font-semibold">
            {t("after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <StatementLine key={line.version} line={line} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function StatementLine({
  line,
  community,
  timeZone,
  opensExchanges,
}: Omit<StatementProps, "lines"> & { line: Line }) {
  const t = useTranslations("account");
  const kind = useTranslations("transferKind");
  const format = useFormatter();
  const date = format.dateTime(line.createdAt, {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const title =
    line.kind === "reversal"
      ? t("undoes", { title: line.title ?? kind("welcome") })
      : (line.title ?? kind(line.kind));
  const cell = "border-t border-line px-4 py-3 align-top";
  return (
    <tr className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-4 max-sm:border-t max-sm:border-line max-sm:px-4 max-sm:py-3 max-sm:first:border-t-0">
      <td
        className={`${cell} whitespace-nowrap text-ink-soft max-sm:order-3 max-sm:border-0 max-sm:p-0 max-sm:text-sm`}
      >
        <time dateTime={line.createdAt.toISOString()}>{date}</time>
      </td>
      <td className={`${cell} max-sm:order-1 max-sm:border-0 max-sm:p-0`}>
        <span className="font-semibold">
          {opensExchanges && line.exchangeId ? (
            <Link href={`/${community}/exchanges/${line.exchangeId}`} className="link">
              {title}
            </Link>
          ) : (
            title
          )}
        </span>
        {line.reversed && <span className="text-ink-soft"> ({t("undone")})</span>}
        <span className="block text-sm text-ink-soft">
          {line.counterpartName ? (
            <Link href={`/${community}/members/${line.counterpartId}`} className="link">
              {line.counterpartName}
            </Link>
          ) : (
            t("fund")
          )}
        </span>
      </td>
      <td className={`${cell} text-end font-semibold max-sm:order-2 max-sm:border-0 max-sm:p-0`}>
        <Hours minutes={line.minutes} signed />
      </td>
      <td
        className={`${cell} text-end text-ink-soft max-sm:order-4 max-sm:border-0 max-sm:p-0 max-sm:text-sm`}
      >
        <span className="sr-only sm:hidden">{t("after")}: </span>
        <Hours minutes={line.balance} signed />
      </td>
    </tr>
  );
}
