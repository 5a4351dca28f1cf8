import { getTranslations } from "@/app/translations";
import { localOf } from "@/domain/kernel/calendar";
import { csvOf } from "@/domain/kernel/csv";
import { parseSearchParams } from "@/domain/kernel/query";
import { regionOf, separatorOf } from "@/domain/kernel/region";
import { statementFileShape } from "@/domain/ledger/schema";
import { categories } from "@/domain/listing/listing";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";
import { everyLine } from "../every-line";

type Context = { params: Promise<{ community: string }> };

/** A statement as CSV; amounts are whole minutes. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { community: slug } = await params;
  const query = new URL(request.url).searchParams;
  const { member: memberId, separator, ...period } = parseSearchParams(statementFileShape, query);
  const { community } = await getCommunity(slug);
  const { holder, lines } = await everyLine((before) =>
    callOrRedirect(
      (api) => api.account.wholeStatement({ community: slug, ...period, memberId, before }),
      `/${slug}/account`,
    ),
  );
  const t = await getTranslations("account");
  const kinds = await getTranslations("transferKind");
  const names = await getTranslations("memberName");
  const words = await getTranslations("category");
  const { timeZone } = community;
  const head = [
    t("date"),
    t("csv.time"),
    t("csv.kind"),
    t("what"),
    t("csv.category"),
    t("with"),
    t("csv.number"),
    t("csv.minutes"),
    t("csv.balance"),
    t("csv.undone"),
  ];
  const rows = lines.map((line) => {
    const { date, time } = localOf(line.createdAt, timeZone);
    const { counterpartName, counterpartRole } = line;
    const counterpart =
      counterpartName === null
        ? t("fund")
        : nameText(names, { displayName: counterpartName, role: counterpartRole ?? "member" });
    const category = categories.find((known) => known === line.category);
    return [
      date,
      time,
      kinds(line.kind),
      line.title ?? "",
      category ? words(category) : "",
      counterpart,
      line.counterpartNumber ?? "",
      line.minutes,
      line.balance,
      line.reversed ? t("undone") : "",
    ];
  });
  const today = localOf(new Date(), timeZone).date;
  const written = csvOf([head, ...rows], separator ?? separatorOf(regionOf(community)));
  return new Response(written, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="statement-${holder.number}-${today}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
