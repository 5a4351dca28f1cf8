import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { SignOutButton } from "@/components/identity/sign-out-button";
import { Illustration } from "@/components/scenes/illustration";
import { Rooftops } from "@/components/scenes/rooftops";
import { Actions, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { List, ListRow } from "@/components/ui/list";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Page, Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { api } from "@/server/api/caller";

type Props = { searchParams: Promise<{ all?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("communitiesTitle") };
}

/** My communities; with a single one, straight to it. */
async function CommunitiesPage({ searchParams }: Props) {
  const procedures = await api();
  const me = await procedures.person.me();
  if (!me) redirect("/sign-in?from=/communities");
  const [only, ...more] = me.communities;
  const wantsAll = (await searchParams).all !== undefined;
  if (only && more.length === 0 && !wantsAll) redirect(`/${only.slug}`);
  const t = await getTranslations("auth");
  const mine = new Set(me.communities.map(({ slug }) => slug));
  const listed = await procedures.community.open();
  const open = listed.filter(({ slug }) => !mine.has(slug));
  const mayCreateCommunity = me.communities.some(({ role }) => role === "coordinator");
  return (
    <>
      <Rooftops />
      <Page title={t("communitiesTitle")} width="reading">
        {me.communities.length === 0 ? (
          <EmptyState illustration={<Illustration scene="street" />} title={t("noCommunity")}>
            <p>{open.length > 0 ? t("noCommunityLead") : t("noCommunityNoneOpen")}</p>
          </EmptyState>
        ) : (
          <List label={t("communitiesTitle")}>
            {me.communities.map(({ slug, name, role }) => (
              <ListRow
                key={slug}
                href={`/${slug}`}
                title={name}
                detail={role === "coordinator" ? t("youCoordinate") : undefined}
              />
            ))}
          </List>
        )}
        {open.length > 0 && (
          <Section title={t("openCommunities")}>
            <List label={t("openCommunities")}>
              {open.map(({ slug, name, about }) => (
                <ListRow key={slug} href={`/join/${slug}`} title={name} detail={about} />
              ))}
            </List>
            <ListLimitNotice shown={listed.length} most={MAX_ROWS.openCommunities} />
          </Section>
        )}
        <Actions>
          {mayCreateCommunity && (
            <LinkButton href="/communities/new" variant="secondary">
              {t("foundAnother")}
            </LinkButton>
          )}
          <LinkButton href="/settings" variant="secondary">
            {t("settings")}
          </LinkButton>
          <SignOutButton />
        </Actions>
      </Page>
    </>
  );
}

export default withMessages(["authForm"], CommunitiesPage);
