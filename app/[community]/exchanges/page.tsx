import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { ExchangeListItem } from "@/components/exchange/list/exchange-row";
import { Illustration } from "@/components/scenes/illustration";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkTabs } from "@/components/ui/link-tabs";
import { List } from "@/components/ui/list";
import { MoreLink } from "@/components/ui/more-link";
import { Page } from "@/components/ui/page";
import { exchangeListShape } from "@/domain/exchange/schema";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("exchange.list"))("title") };
}

/** My exchanges: the ones under way, or the past ones. */
export default async function ExchangesPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { part, after } = parseSearchParams(exchangeListShape, await searchParams);
  const path = `/${slug}/exchanges`;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("exchange.list");
  const { exchanges, unseen, next } = await callOrRedirect(
    (api) => api.exchange.mine({ community: slug, part, after }),
    `${path}?part=${part}`,
  );
  const tabs = (["open", "past"] as const).map((each) => ({
    href: `${path}?part=${each}`,
    label: t(each),
    current: each === part,
  }));
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <LinkButton href={`/${slug}/record`} variant="secondary">
          {t("record")}
        </LinkButton>
      }
    >
      <LinkTabs label={t("tabs")} tabs={tabs} />
      {exchanges.length > 0 && (
        <List label={t(part)}>
          {exchanges.map((exchange) => (
            <ExchangeListItem
              key={exchange.id}
              exchange={exchange}
              community={slug}
              timeZone={community.timeZone}
              isNew={unseen.includes(exchange.id)}
            />
          ))}
        </List>
      )}
      {exchanges.length === 0 && (
        <EmptyState
          illustration={<Illustration scene="table" />}
          title={t(part === "past" ? "emptyPast" : "emptyOpen")}
          action={
            part === "past" ? (
              <LinkButton href={`/${slug}/record`}>{t("record")}</LinkButton>
            ) : (
              <LinkButton href={`/${slug}/browse`}>{t("browse")}</LinkButton>
            )
          }
        >
          <p>{t(part === "past" ? "emptyPastLead" : "emptyOpenLead")}</p>
        </EmptyState>
      )}
      {next && <MoreLink href={`${path}?part=${part}&after=${next}`} label={t("more")} />}
    </Page>
  );
}
