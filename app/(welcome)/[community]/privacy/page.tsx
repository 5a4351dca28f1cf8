import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { NoticeLinks } from "@/components/privacy/notice-links";
import { NoticeVersion } from "@/components/privacy/notice-version";
import { PrivacyFacts } from "@/components/privacy/privacy-facts";
import { Responsible } from "@/components/privacy/responsible";
import { Rooftops } from "@/components/scenes/rooftops";
import { Page, Section } from "@/components/ui/page";
import { type NoticeProps, readNotice } from "../notice";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy"))("title") };
}

/** What a community stores about its members; also for visitors with an invitation. */
export default async function PrivacyPage(props: NoticeProps) {
  const { view, token, back } = await readNotice("privacy", props);
  const t = await getTranslations("privacy");
  const { slug, name } = view.community;
  return (
    <>
      <Rooftops />
      <Page
        title={t("titleLong", { community: name })}
        lead={t("lead")}
        back={back}
        width="reading"
      >
        <Section title={t("who")}>
          <Responsible view={view} withData />
        </Section>
        <PrivacyFacts view={view} />
        <NoticeVersion view={view} withFacts />
        <NoticeLinks community={slug} token={token} />
      </Page>
    </>
  );
}
