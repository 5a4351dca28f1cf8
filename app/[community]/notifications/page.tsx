import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { MarkAllSeen } from "@/components/notification/mark-all-seen";
import { NotificationList } from "@/components/notification/notification-list";
import { Illustration } from "@/components/scenes/illustration";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

/** The member's notifications, the latest first. */
async function NotificationsPage({ params }: Props) {
  const { community: slug } = await params;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("notifications");
  const notifications = await callOrRedirect(
    (api) => api.notification.mine({ community: slug }),
    `/${slug}/notifications`,
  );
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          {notifications.some(({ isNew }) => isNew) && <MarkAllSeen community={slug} />}
          <LinkButton href={`/${slug}/notifications/settings`} variant="secondary">
            {t("settings")}
          </LinkButton>
        </>
      }
    >
      {notifications.length > 0 ? (
        <NotificationList
          label={t("title")}
          notifications={notifications}
          community={slug}
          timeZone={community.timeZone}
        />
      ) : (
        <EmptyState
          illustration={<Illustration scene="table" />}
          title={t("empty")}
          action={<LinkButton href={`/${slug}/browse`}>{t("browse")}</LinkButton>}
        >
          <p>{t("emptyLead")}</p>
        </EmptyState>
      )}
    </Page>
  );
}

export default withMessages(["form", "notifications"], NotificationsPage);
