import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { placeChoices } from "@/app/place-choices";
import { getTranslations } from "@/app/translations";
import { CreateCommunityForm } from "@/components/community/create-community-form";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { api } from "@/server/api/caller";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("foundTitle") };
}

/** Creates another community; for coordinators of this installation. */
async function NewCommunityPage() {
  const me = await (await api()).person.me();
  if (!me?.communities.some(({ role }) => role === "coordinator")) notFound();
  const t = await getTranslations("auth");
  return (
    <>
      <Rooftops />
      <Page
        title={t("foundTitle")}
        lead={t("foundLead")}
        back={{ href: "/communities?all", label: t("communitiesTitle") }}
        width="reading"
      >
        <Procedures>
          <Card>
            <CreateCommunityForm places={await placeChoices()} />
          </Card>
        </Procedures>
      </Page>
    </>
  );
}

export default withMessages(["communityForm", "form"], NewCommunityPage);
