import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { Illustration } from "@/components/ui/illustration";
import { SiteHeader } from "@/components/ui/nav";
import { Page } from "@/components/ui/page";

export default async function NotFound() {
  const t = await getTranslations("site");
  return (
    <>
      <SiteHeader home={{ href: "/", label: t("name") }} />
      <Page title={t("notFoundTitle")} lead={t("notFoundLead")} width="reading">
        <Illustration scene="board" className="w-full max-w-80" />
        <p>
          <LinkButton href="/">{t("toStart")}</LinkButton>
        </p>
      </Page>
    </>
  );
}
