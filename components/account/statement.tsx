import Link from "next/link";
import { useFormatter } from "next-intl";
import { hoursText } from "@/components/format/hours";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { OwnLine } from "@/components/ui/own-words";

export type Line = Outputs["account"]["statement"]["lines"][number];

type StatementProps = {
  lines: readonly Line[];
  community: string;
  timeZone: string;
  /** Whether the reader may open the exchanges that the lines come from. */
  opensExchanges: boolean;
};

/**
 * The lines of a statement, newest first, as a table; on narrow screens each line becomes a block with
 * labels beside the figures. The styles are in globals.css (`.statement`): there are many lines, and
 * the classes of each would be sent twice.
 */
export function Statement({ lines, ...rest }: StatementProps) {
  const t = useTranslations("account");
  return (
    <div className="statement-box">
      <table className="statement w-full border-separate border-spacing-0 rounded-xl border border-line bg-sheet shadow-sheet">
        <caption className="sr-only">{t("statement")}</caption>
        <thead>
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
    </div>
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
  const ui = useTranslations("ui");
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
  return (
    <tr>
      <td>
        <time dateTime={line.createdAt.toISOString()}>{date}</time>
      </td>
      <td>
        <b>
          {opensExchanges && line.exchangeId ? (
            <Link href={`/${community}/exchanges/${line.exchangeId}`} className="link">
              <OwnLine>{title}</OwnLine>
            </Link>
          ) : (
            <OwnLine>{title}</OwnLine>
          )}
        </b>
        {line.reversed && <span className="text-ink-soft"> ({t("undone")})</span>}
        <div>
          {line.counterpartName ? (
            <Link href={`/${community}/members/${line.counterpartId}`} className="link">
              <MemberName
                of={{ displayName: line.counterpartName, role: line.counterpartRole ?? "member" }}
              />
            </Link>
          ) : (
            t("fund")
          )}
        </div>
      </td>
      <td>{hoursText(ui, line.minutes, true)}</td>
      <td>
        <span className="statement-after">{t("after")}: </span>
        {hoursText(ui, line.balance, true)}
      </td>
    </tr>
  );
}
