import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { MaintenanceNotice } from "@/components/community/maintenance-notice";
import { ReviewHints } from "@/components/community/review-hints";
import { ExchangeListItem } from "@/components/exchange/list/exchange-row";
import { Newcomers } from "@/components/member/newcomers";
import { MissingNotice } from "@/components/privacy/missing-notice";
import { Procedures } from "@/components/trpc";
import { Actions, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { List } from "@/components/ui/list";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Columns, Page, Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("coordinate"))("title") };
}

/** For coordinators: pending tasks, and links to their tools. */
async function CoordinatePage({ params }: Props) {
  const { community: slug } = await params;
  const path = `/${slug}/coordinate`;
  const { community } = await getCommunity(slug);
  const [{ figures, disputed, bursts, alike, upkeep, hasPrivacyNotice }, newcomers] =
    await callOrRedirect(
      (api) =>
        Promise.all([
          api.community.overview({ community: slug }),
          api.member.newcomers({ community: slug }),
        ]),
      path,
    );
  const t = await getTranslations("coordinate");
  const neighbourhood = await getTranslations("neighbourhood");
  const privacy = await getTranslations("privacyForm");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Actions>
          <LinkButton href={`${path}/invitations`}>{t("invitations")}</LinkButton>
          <LinkButton href={`${path}/rules`} variant="secondary">
            {t("rules")}
          </LinkButton>
          <LinkButton href={`${path}/neighbourhoods`} variant="secondary">
            {neighbourhood("title")}
          </LinkButton>
          <LinkButton href={`${path}/words`} variant="secondary">
            {t("words.title")}
          </LinkButton>
          <LinkButton href={`${path}/privacy`} variant="secondary">
            {privacy("title")}
          </LinkButton>
        </Actions>
      }
    >
      <Columns
        aside={
          <Card>
            <DescriptionList
              items={[
                { term: t("members"), detail: figures.members },
                { term: t("listings"), detail: figures.listings },
                { term: t("settled"), detail: figures.settled },
              ]}
            />
          </Card>
        }
      >
        {!hasPrivacyNotice && <MissingNotice community={slug} />}
        <MaintenanceNotice upkeep={upkeep} timeZone={community.timeZone} />
        <Procedures>
          <Newcomers newcomers={newcomers} community={slug} timeZone={community.timeZone} />
        </Procedures>
        <Section title={t("needYou")} lead={t("needYouLead")}>
          {disputed.length === 0 ? (
            <p className="text-ink-soft">{t("nothing")}</p>
          ) : (
            <List label={t("needYou")}>
              {disputed.map((exchange) => (
                <ExchangeListItem
                  key={exchange.id}
                  exchange={exchange}
                  community={slug}
                  timeZone={community.timeZone}
                />
              ))}
            </List>
          )}
          <ListLimitNotice shown={disputed.length} most={MAX_ROWS.disputes} />
        </Section>
        <Procedures>
          <ReviewHints community={slug} bursts={bursts} alike={alike} />
        </Procedures>
      </Columns>
    </Page>
  );
}

export default withMessages(["communityForm", "form", "vouch"], CoordinatePage);
