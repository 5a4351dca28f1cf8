import type { Metadata } from "next";
import { getFormatter } from "next-intl/server";
import { getTranslations } from "@/app/translations";
import { Statement } from "@/components/account/statement";
import { Page } from "@/components/ui/page";
import { PrintButton } from "@/components/ui/print-button";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { statementFileShape } from "@/domain/ledger/schema";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("statement") };
}

/** A statement to print: all lines, the oldest first, with the account and the period. */
export default async function PrintPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const {
    member: memberId,
    separator: _,
    ...period
  } = parseSearchParams(statementFileShape, await searchParams);
  const { community } = await getCommunity(slug);
  const { holder, lines, isCut } = await callOrRedirect(
    (api) => api.account.wholeStatement({ community: slug, ...period, memberId }),
    `/${slug}/account`,
  );
  const t = await getTranslations("account.print");
  const format = await getFormatter();
  const { name, timeZone } = community;
  const printed = format.dateTime(new Date(), { timeZone, dateStyle: "long" });
  const day = (date: string | undefined) =>
    date
      ? format.dateTime(new Date(`${date}T12:00:00Z`), { dateStyle: "long", timeZone: "UTC" })
      : "";
  const [from, to] = [day(period.from), day(period.to)];
  return (
    <Page
      title={t("title", { name: nameText(await getTranslations("memberName"), holder) })}
      lead={
        <>
          <p>{t("lead", { community: name, number: holder.number, date: printed })}</p>
          {(from || to) && <p>{t(from && to ? "both" : from ? "from" : "to", { from, to })}</p>}
          {period.direction !== "all" && <p>{t(period.direction)}</p>}
        </>
      }
      back={{
        href: memberId ? `/${slug}/accounts/${memberId}` : `/${slug}/account`,
        label: t("back"),
      }}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
      {isCut && <p className="font-semibold">{t("cut", { count: lines.length })}</p>}
      {lines.length === 0 ? (
        <p>{t("empty")}</p>
      ) : (
        <Statement lines={lines} community={slug} timeZone={timeZone} opensExchanges={false} />
      )}
    </Page>
  );
}
