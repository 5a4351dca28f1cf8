import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "@/app/translations";
import { withMessages } from "@/app/words";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { Procedures } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { Rooftops } from "@/components/ui/rooftops";
import { getActor } from "@/server/auth";
import { localPath } from "@/server/domain/local-path";

type Props = { searchParams: Promise<{ from?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUpTitle") };
}

/** Opens a sign-in, then goes on to where one came from. */
async function SignUpPage({ searchParams }: Props) {
  const from = localPath((await searchParams).from, "/communities");
  if (await getActor()) redirect(from);
  const t = await getTranslations("auth");
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
      </Page>
    </>
  );
}

export default withMessages(["authForm", "form"], SignUpPage);
