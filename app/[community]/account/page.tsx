import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { AccountFigures } from "@/components/account/account-figures";
import { Neighbours } from "@/components/account/neighbours";
import { StatementSection } from "@/components/account/statement-section";
import { YearSection } from "@/components/account/year-section";
import { Actions, LinkButton } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { regionOf, separatorOf } from "@/domain/kernel/region";
import { statementShape, yearShape } from "@/domain/ledger/schema";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

/** My account: balance, held, what I can still promise, given and received, the statement. */
export default async function AccountPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const search = await searchParams;
  const filters = parseSearchParams(statementShape, search);
  const path = `/${slug}/account`;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("account");
  const { year: shown } = parseSearchParams(yearShape, search);
  const [account, statement, year, people] = await callOrRedirect(
    (api) =>
      Promise.all([
        api.account.mine({ community: slug }),
        api.account.statement({ community: slug, ...filters }),
        api.account.year({ community: slug, ...(shown ? { year: shown } : {}) }),
        api.account.neighbours({ community: slug }),
      ]),
    path,
  );
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Actions>
          <LinkButton href={`/${slug}/record`} variant="secondary">
            {t("toRecord")}
          </LinkButton>
          <LinkButton href={`/${slug}/fund`} variant="quiet">
            {t("toFund")}
          </LinkButton>
        </Actions>
      }
    >
      <AccountFigures account={account} rules={community} isMine />
      <StatementSection
        statement={statement}
        filters={filters}
        path={path}
        files={{ path, separator: separatorOf(regionOf(community)) }}
        community={slug}
        timeZone={community.timeZone}
        opensExchanges
      />
      <YearSection year={year} shown={shown} path={path} />
      <Neighbours people={people} community={slug} />
    </Page>
  );
}
