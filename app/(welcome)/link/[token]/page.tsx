import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { UseLinkForm } from "@/components/identity/link-forms";
import { Rooftops } from "@/components/scenes/rooftops";
import { Page } from "@/components/ui/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("useLinkTitle") };
}

/** The target of a sign-in link: one button. Opening the page alone does not use up the link. */
async function LinkPage({ params }: { params: Promise<{ token: string }> }) {
  const t = await getTranslations("auth");
  return (
    <>
      <Rooftops />
      <Page title={t("useLinkTitle")} lead={t("useLinkLead")} width="reading">
        <UseLinkForm token={(await params).token} />
      </Page>
    </>
  );
}

export default withMessages(["authForm", "form"], LinkPage);
