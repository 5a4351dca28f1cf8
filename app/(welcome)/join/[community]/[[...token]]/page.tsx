import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { JoinForm } from "@/components/community/join-form";
import { NoticeLinks } from "@/components/privacy/notice-links";
import { Illustration } from "@/components/scenes/illustration";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Actions, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { OwnLines } from "@/components/ui/own-words";
import { Page } from "@/components/ui/page";
import { api, callOrNull } from "@/server/api/caller";

type Props = { params: Promise<{ community: string; token?: string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("joinTitle") };
}

/** The target of an invitation: describes the community and lets the user join. */
async function JoinPage({ params }: Props) {
  const { community: slug, token: [token] = [] } = await params;
  const t = await getTranslations("auth");
  const procedures = await api();
  const [front, me] = await Promise.all([
    callOrNull(procedures.community.front({ community: slug, token })),
    procedures.person.me(),
  ]);
  const isMember = me?.communities.some((community) => community.slug === slug);
  // A member may have bookmarked the link by which they joined, even if it is used up.
  if (!front && isMember) redirect(`/${slug}`);
  if (!front) {
    return (
      <>
        <Rooftops />
        <Page title={t(token ? "joinClosedTitle" : "joinByInvitationTitle")} width="reading">
          <EmptyState
            illustration={<Illustration scene="street" />}
            title={t(token ? "joinClosed" : "joinByInvitation")}
            action={<LinkButton href="/">{t("toStart")}</LinkButton>}
          >
            <p>{t(token ? "joinClosedLead" : "joinByInvitationLead")}</p>
          </EmptyState>
        </Page>
      </>
    );
  }
  const here = `/join/${slug}${token ? `/${token}` : ""}`;
  const from = encodeURIComponent(here);
  return (
    <>
      <Rooftops />
      <Page
        title={front.name}
        lead={front.invited ? t("joinLead") : t("joinOpenLead")}
        width="reading"
      >
        {front.about && (
          <div className="text-lg">
            <OwnLines>{front.about}</OwnLines>
          </div>
        )}
        {isMember && (
          <Actions>
            <LinkButton href={`/${slug}`}>{t("toCommunity", { name: front.name })}</LinkButton>
          </Actions>
        )}
        {me && !isMember && (
          <Procedures>
            {/* Where all may come in, an invitation that has ended must not keep anybody out. */}
            <JoinForm
              community={slug}
              name={front.name}
              token={front.invited ? token : undefined}
              person={me.name}
            />
          </Procedures>
        )}
        {!me && (
          <div className="grid grid-cols-1 gap-4">
            <p>{t("joinFirst")}</p>
            <Actions>
              <LinkButton href={`/sign-up?from=${from}`}>{t("joinNew")}</LinkButton>
              <LinkButton href={`/sign-in?from=${from}`} variant="secondary">
                {t("joinKnown")}
              </LinkButton>
            </Actions>
          </div>
        )}
        <NoticeLinks community={slug} token={front.invited ? token : undefined} />
      </Page>
    </>
  );
}

export default withMessages(["communityForm", "form"], JoinPage);
