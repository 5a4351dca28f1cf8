import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { AccountSummary } from "@/components/account/account-summary";
import { ExchangeListItem } from "@/components/exchange/list/exchange-row";
import { CreditedHours } from "@/components/home/credited-hours";
import { FirstSteps } from "@/components/home/first-steps";
import { ListingCard } from "@/components/listing/listing-card";
import { MutualMatches } from "@/components/matching/mutual-matches";
import { NotificationList } from "@/components/notification/notification-list";
import { stepsDone } from "@/components/onboarding/steps";
import { MissingNotice } from "@/components/privacy/missing-notice";
import { SavedSearches } from "@/components/search/saved-searches";
import { Actions, LinkButton } from "@/components/ui/button";
import { Card, CardGrid } from "@/components/ui/card";
import { List } from "@/components/ui/list";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { MoreLink } from "@/components/ui/more-link";
import { Columns, Page, Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { callOrRedirect } from "@/server/api/caller";
import { browsePath } from "./browse/browse-path";
import { getCommunity } from "./community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { community } = await getCommunity((await params).community);
  return { title: { absolute: community.name } };
}

/** Home: exchanges that wait for the member, those to come, the balance, and new listings. */
async function Home({ params }: Props) {
  const { community: slug } = await params;
  const { community, me } = await getCommunity(slug);
  const t = await getTranslations("home");
  const news = await getTranslations("notifications");
  const [home, around] = await Promise.all([
    callOrRedirect((api) => api.home.get({ community: slug }), `/${slug}`),
    callOrRedirect((api) => api.match.mine({ community: slug }), `/${slug}`),
  ]);
  const { waitingForMe, toReport, coming, waitingForOthers, credited, fresh, lapsed } = home;
  const row = { community: slug, timeZone: community.timeZone };
  const mine = [waitingForMe, toReport, coming, waitingForOthers, credited].flat();
  const isQuiet = mine.length === 0 && home.decisions === 0;
  const part = (title: string, exchanges: typeof coming, lead?: string) =>
    exchanges.length > 0 && (
      <Section title={title} lead={lead}>
        <List label={title}>
          {exchanges.map((exchange) => (
            <ExchangeListItem key={exchange.id} exchange={exchange} {...row} />
          ))}
        </List>
        {exchanges.length >= MAX_ROWS.waiting && (
          <>
            <ListLimitNotice shown={exchanges.length} most={exchanges.length} />
            <MoreLink href={`/${slug}/exchanges`} label={t("allExchanges")} />
          </>
        )}
      </Section>
    );
  return (
    <Page
      title={t("title", { name: me.displayName })}
      actions={
        <Actions>
          <LinkButton href={`/${slug}/listings/new?kind=request`}>{t("ask")}</LinkButton>
          <LinkButton href={`/${slug}/record`} variant="secondary">
            {t("record")}
          </LinkButton>
        </Actions>
      }
    >
      <Columns
        first={
          <>
            {home.news.length > 0 && (
              <Section
                title={news("home")}
                actions={
                  <LinkButton href={`/${slug}/notifications`} variant="quiet">
                    {news("all")}
                  </LinkButton>
                }
              >
                <NotificationList label={news("home")} notifications={home.news} {...row} />
              </Section>
            )}
            {home.decisions > 0 && (
              <Card tone="lamp">
                <p>{t("decisions", { count: home.decisions })}</p>
                <LinkButton href={`/${slug}/coordinate`} variant="quiet">
                  {t("decisionsAction")}
                </LinkButton>
              </Card>
            )}
            {home.lacksNotice && <MissingNotice community={slug} />}
            {lapsed.length > 0 && (
              <Card tone="lamp">
                <p>{t("lapsed", { count: lapsed.length })}</p>
                <LinkButton href={`/${slug}/my-listings`} variant="quiet">
                  {t("lapsedAction")}
                </LinkButton>
              </Card>
            )}
            {isQuiet && !home.hasListings && (
              <FirstSteps community={slug} done={stepsDone(me, []).filter(Boolean).length} />
            )}
            {isQuiet && home.hasListings && <p className="text-ink-soft">{t("quiet")}</p>}
            {part(t("needsAnswer"), waitingForMe)}
            <CreditedHours exchanges={credited} {...row} />
            {part(t("toReport"), toReport, t("toReportHint"))}
            {part(t("coming"), coming)}
          </>
        }
        aside={
          <Card>
            <AccountSummary account={home.account} community={slug} rules={community} />
          </Card>
        }
      >
        {part(t("waiting"), waitingForOthers)}
        <SavedSearches
          community={slug}
          title={t("searches")}
          lead={t("searchesLead")}
          searches={home.searches.map((each) => ({
            ...each,
            href: browsePath(slug, { ...each.search, order: "new", saved: each.id }),
          }))}
        />
        <MutualMatches around={around} community={slug} />
        <Section
          title={t("fresh")}
          lead={me.neighbourhood ? t("freshNear") : undefined}
          actions={
            <LinkButton href={`/${slug}/browse`} variant="quiet">
              {t("all")}
            </LinkButton>
          }
        >
          {fresh.length === 0 ? (
            <p className="text-ink-soft">
              {t(home.hasListings ? "empty.freshOthers" : "empty.fresh")}
            </p>
          ) : (
            <CardGrid>
              {fresh.map((listing) => (
                <ListingCard key={listing.id} listing={listing} community={slug} />
              ))}
            </CardGrid>
          )}
        </Section>
      </Columns>
    </Page>
  );
}

export default withMessages(["form", "searchForm"], Home);
