import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { Page } from "@/components/ui/page";

/** Sent along with every page, in case it is needed: it has little on it. */
export default async function NotFound() {
  const t = await getTranslations("site");
  return (
    <Page title={t("notFoundTitle")} lead={t("notFoundLead")} width="reading">
      <Mark className="size-24" />
      <p>
        <LinkButton href="/">{t("toStart")}</LinkButton>
      </p>
    </Page>
  );
}
