import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ResumeMail } from "@/components/notification/resume-mail";
import { SettingsForm } from "@/components/notification/settings-form";
import { FormMessage } from "@/components/ui/form-message";
import { Page } from "@/components/ui/page";
import { callOrRedirect, sendsMail } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notificationSettings"))("title") };
}

/** How the member wants to be notified. */
async function NotificationSettingsPage({ params }: Props) {
  const { community: slug } = await params;
  const { me } = await getCommunity(slug);
  const t = await getTranslations("notificationSettings");
  const { settings, mail } = await callOrRedirect(
    (api) => api.notification.settings({ community: slug }),
    `/${slug}/notifications/settings`,
  );
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/notifications`, label: t("back") }}
      width="reading"
    >
      {!sendsMail() && <FormMessage tone="note">{t("noMail")}</FormMessage>}
      {mail?.isPaused && (
        <>
          <FormMessage tone="error">{t("paused", { address: mail.address })}</FormMessage>
          <ResumeMail community={slug} />
        </>
      )}
      {sendsMail() && mail && !mail.isVerified && (
        <FormMessage tone="note">{t("unverified", { address: mail.address })}</FormMessage>
      )}
      <SettingsForm
        community={slug}
        settings={settings}
        isCoordinator={me.role === "coordinator"}
      />
    </Page>
  );
}

export default withMessages(["form", "notificationSettings"], NotificationSettingsPage);
