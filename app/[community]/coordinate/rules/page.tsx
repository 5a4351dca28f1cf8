import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { placeChoices } from "@/app/place-choices";
import { getTranslations } from "@/app/translations";
import { RulesForm } from "@/components/community/rules-form";
import { Page } from "@/components/ui/page";
import { sendsMail } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("coordinate"))("rules") };
}

/** The community's name, texts and rules. */
async function RulesPage({ params }: Props) {
  const { community: slug } = await params;
  const { community, me } = await getCommunity(slug);
  if (me.role !== "coordinator") notFound();
  const t = await getTranslations("coordinate");
  return (
    <Page
      title={t("rules")}
      lead={t("rulesLead")}
      back={{ href: `/${slug}/coordinate`, label: t("title") }}
      width="reading"
    >
      <RulesForm
        community={slug}
        rules={community}
        places={await placeChoices()}
        sendsMail={sendsMail()}
      />
    </Page>
  );
}

export default withMessages(["communityForm", "form"], RulesPage);
