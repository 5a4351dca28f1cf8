import { getTranslations } from "@/app/translations";
import { LinkButton } from "@/components/ui/button";
import { SiteHeader } from "@/components/ui/nav";
import { Page } from "@/components/ui/page";

/** Next.js sends this with every page, so that it has no drawing. */
export default async function NotFound() {
  const t = await getTranslations("site");
  return (
    <>
      <SiteHeader home={{ href: "/", label: t("name") }} />
      <Page title={t("notFoundTitle")} lead={t("notFoundLead")} width="reading">
        <p>
          <LinkButton href="/">{t("toStart")}</LinkButton>
        </p>
      </Page>
    </>
  );
}
