import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { AccountFigures } from "@/components/account/account-figures";
import { StatementSection } from "@/components/account/statement-section";
import { Page } from "@/components/ui/page";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";
import { type StatementSearch, statementQuery } from "../statement-query";

type Props = { params: Promise<{ community: string }>; searchParams: StatementSearch };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("fundTitle") };
}

/** The account of the community fund, which every member may read. */
export default async function FundPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const filters = await statementQuery(searchParams);
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
