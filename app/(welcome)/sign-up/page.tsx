import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { SignUpForm } from "@/components/identity/sign-up-form";
import { NoticeLinks } from "@/components/privacy/notice-links";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { localPath } from "@/domain/kernel/local-path";
import { invitedTo } from "@/domain/privacy/invited-to";
import { getActor } from "@/server/api/auth";
import { api, callOrNull } from "@/server/api/caller";

type Props = { searchParams: Promise<{ from?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUpTitle") };
}

/** Creates an account, then returns to the page before. */
async function SignUpPage({ searchParams }: Props) {
  const from = localPath((await searchParams).from, "/communities");
  if (await getActor()) redirect(from);
  const t = await getTranslations("auth");
  const invitation = invitedTo(from);
  const notice = invitation && (await callOrNull((await api()).privacy.read(invitation)));
  return (
    <>
      <Rooftops />
      <Page title={t("signUpTitle")} lead={t("signUpLead")} width="reading">
        <Procedures>
          <Card>
            <SignUpForm from={from} />
          </Card>
        </Procedures>
        <p>
          {t("haveAccount")}{" "}
          <Link href={`/sign-in?from=${encodeURIComponent(from)}`} className="link">
            {t("toSignIn")}
          </Link>
        </p>
        {notice && <NoticeLinks {...invitation} />}
      </Page>
    </>
  );
}

export default withMessages(["authForm", "form"], SignUpPage);
