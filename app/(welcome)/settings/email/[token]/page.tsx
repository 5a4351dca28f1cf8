import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { UseEmailForm } from "@/components/identity/email-form";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { LinkButton } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { api, callOrNull, callOrRedirect } from "@/server/api/caller";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("newEmailTitle") };
}

/** The target of a link to confirm a new e-mail address: one button, for the signed-in user who requested it. */
async function NewEmailPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  // The link alone grants nothing: it requires a sign-in.
  await callOrRedirect((procedures) => procedures.person.sessions(), `/settings/email/${token}`);
  const email = await callOrNull((await api()).person.newEmail({ token }));
  const t = await getTranslations("settings");
  return (
    <>
      <Rooftops />
      {email ? (
        <Page title={t("newEmailTitle")} lead={t("newEmailLead", { email })} width="reading">
          <Procedures>
            <UseEmailForm token={token} />
          </Procedures>
        </Page>
      ) : (
        <Page title={t("emailClosedTitle")} lead={t("emailClosedLead")} width="reading">
          <p>
            <LinkButton href="/settings">{t("toSettings")}</LinkButton>
          </p>
        </Page>
      )}
    </>
  );
}

export default withMessages(["authForm", "form"], NewEmailPage);
