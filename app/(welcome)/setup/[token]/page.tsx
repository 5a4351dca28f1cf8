import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { placeChoices } from "@/app/place-choices";
import { getTranslations } from "@/app/translations";
import { SetupForm } from "@/components/identity/setup-form";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Actions, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { api } from "@/server/api/caller";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("setupTitle") };
}

/** The first page of an empty installation, behind its one-time link. */
async function SetupPage({ params }: Props) {
  const { token } = await params;
  const { valid, claimed } = await (await api()).setup.state({ token: token.slice(0, 100) });
  if (!valid && !claimed) notFound();
  const t = await getTranslations("auth");
  if (!valid) {
    return (
      <>
        <Rooftops />
        <Page title={t("setupDone")} lead={t("setupDoneLead")} width="reading">
          <Actions>
            <LinkButton href="/sign-in">{t("toSignIn")}</LinkButton>
          </Actions>
        </Page>
      </>
    );
  }
  return (
    <>
      <Rooftops />
      <Page title={t("setupTitle")} lead={t("setupLead")} width="reading">
        <Procedures>
          <Card>
            <SetupForm token={token} places={await placeChoices()} />
          </Card>
        </Procedures>
      </Page>
    </>
  );
}

export default withMessages(["authForm", "communityForm", "form"], SetupPage);
