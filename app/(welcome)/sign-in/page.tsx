import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ProviderButton, RequestLinkForm } from "@/components/identity/link-forms";
import { SignInForm } from "@/components/identity/sign-in-form";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { Page } from "@/components/ui/page";
import { localPath } from "@/domain/kernel/local-path";
import { getActor, signInMethods } from "@/server/api/auth";

type Props = {
  searchParams: Promise<{ from?: string | string[]; error?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signInTitle") };
}

/** Sign-in by password, by a link by e-mail, or with an OpenID Connect provider. */
async function SignInPage({ searchParams }: Props) {
  const { from: asked, error } = await searchParams;
  const from = localPath(asked, "/communities");
  if (await getActor()) redirect(from);
  const t = await getTranslations("auth");
  const ways = signInMethods();
  return (
    <>
      <Rooftops />
      <Page title={t("signInTitle")} width="reading">
        {/* next-auth comes back here when the provider, or we, refused; its codes are for the log. */}
        {error !== undefined && <FormMessage>{t("otherWayFailed")}</FormMessage>}
        <Procedures>
          <Card>
            <SignInForm from={from} />
          </Card>
          {ways.link && (
            <Card tone="quiet">
              <div className="grid grid-cols-1 gap-4">
                <h2 className="text-xl">{t("linkTitle")}</h2>
                <RequestLinkForm />
              </div>
            </Card>
          )}
          {ways.oidc && <ProviderButton name={ways.oidc} from={from} />}
        </Procedures>
        <p>
          {t("noAccount")}{" "}
          <Link href={`/sign-up?from=${encodeURIComponent(from)}`} className="link">
            {t("toSignUp")}
          </Link>
        </p>
      </Page>
    </>
  );
}

export default withMessages(["authForm", "form"], SignInPage);
