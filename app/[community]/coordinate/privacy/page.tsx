import type { Metadata } from "next";
import { getFormatter } from "next-intl/server";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { noticePath } from "@/components/privacy/notice";
import { PrivacyForm } from "@/components/privacy/privacy-form";
import { Actions, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { Page } from "@/components/ui/page";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacyForm"))("title") };
}

/** Says who runs the community, for the imprint and the privacy notice. */
async function CoordinatePrivacyPage({ params }: Props) {
  const { community: slug } = await params;
  const path = `/${slug}/coordinate`;
  const { community } = await getCommunity(slug);
  const notice = await callOrRedirect(
    (api) => api.privacy.details({ community: slug }),
    `${path}/privacy`,
  );
  const t = await getTranslations("privacyForm");
  const coordinate = await getTranslations("coordinate");
  const names = await getTranslations("memberName");
  const format = await getFormatter();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: path, label: coordinate("title") }}
      width="reading"
    >
      <FormMessage tone="note">{t("public")}</FormMessage>
      <PrivacyForm community={slug} notice={notice} />
      <Card tone="quiet">
        <div className="grid grid-cols-1 gap-3 text-sm text-ink-soft">
          <p>{t("duty")}</p>
          {notice && (
            <p>
              {t("lastBy", {
                version: notice.version,
                date: format.dateTime(notice.changedAt, {
                  timeZone: community.timeZone,
                  dateStyle: "long",
                }),
                name: nameText(names, notice.changedBy),
              })}
            </p>
          )}
          <Actions>
            <LinkButton href={noticePath("imprint", slug)} variant="quiet">
              {t("seeImprint")}
            </LinkButton>
            <LinkButton href={noticePath("privacy", slug)} variant="quiet">
              {t("seePrivacy")}
            </LinkButton>
          </Actions>
        </div>
      </Card>
    </Page>
  );
}

export default withMessages(["form", "privacyForm"], CoordinatePrivacyPage);
