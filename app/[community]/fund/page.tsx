import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { AccountFigures } from "@/components/account/account-figures";
import { StatementSection } from "@/components/account/statement-section";
import { Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { statementShape } from "@/domain/ledger/schema";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("fundTitle") };
}

/** The account of the community fund, which every member may read. */
export default async function FundPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const search = await searchParams;
  const filters = parseSearchParams(statementShape, search);
  const path = `/${slug}/fund`;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("account");
  const { account, kinds, statement } = await callOrRedirect(
    (api) => api.account.fund({ community: slug, ...filters }),
    path,
  );
  return (
    <Page
      title={t("fundTitle")}
      lead={t("fundLead")}
      back={{ href: `/${slug}/account`, label: t("title") }}
    >
      <AccountFigures account={account} rules={community} isMine={false} kinds={kinds} />
      <StatementSection
        statement={statement}
        filters={filters}
        path={path}
        community={slug}
        timeZone={community.timeZone}
        opensExchanges={false}
      />
    </Page>
  );
}
