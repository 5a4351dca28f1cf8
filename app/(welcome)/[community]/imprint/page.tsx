import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { NoticeLinks } from "@/components/privacy/notice-links";
import { NoticeVersion } from "@/components/privacy/notice-version";
import { Responsible } from "@/components/privacy/responsible";
import { Rooftops } from "@/components/scenes/rooftops";
import { Page } from "@/components/ui/page";
import { type NoticeProps, readNotice } from "../notice";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy"))("imprint") };
}

/** Who runs a community; also for visitors with an invitation. */
export default async function ImprintPage(props: NoticeProps) {
  const { view, token, back } = await readNotice("imprint", props);
  const t = await getTranslations("privacy");
  const { slug, name } = view.community;
  return (
    <>
      <Rooftops />
      <Page
        title={t("imprint")}
        lead={t("imprintLead", { community: name })}
        back={back}
        width="reading"
      >
        <Responsible view={view} />
        <NoticeVersion view={view} />
        <NoticeLinks community={slug} token={token} />
      </Page>
    </>
  );
}
