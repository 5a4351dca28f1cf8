import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

/** For coordinators of a community whose privacy notice is not filled in yet. */
export function MissingNotice({ community }: { community: string }) {
  const t = useTranslations("privacyForm");
  return (
    <Card tone="lamp">
      <p>{t("missing")}</p>
      <LinkButton href={`/${community}/coordinate/privacy`} variant="quiet">
        {t("missingAction")}
      </LinkButton>
    </Card>
  );
}
