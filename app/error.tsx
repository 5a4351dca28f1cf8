"use client";

import { useTranslations } from "@/components/translations";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { SiteHeader } from "@/components/ui/nav";
import { Page } from "@/components/ui/page";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("site");
  return (
    <>
      <SiteHeader home={{ href: "/", label: t("name") }} />
      <Page title={t("errorTitle")} lead={t("errorLead")} width="reading">
        <Actions>
          <Button onClick={reset}>{t("tryAgain")}</Button>
          <LinkButton href="/" variant="secondary">
            {t("toStart")}
          </LinkButton>
        </Actions>
      </Page>
    </>
  );
}
