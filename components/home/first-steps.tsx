import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Illustration } from "@/components/ui/illustration";

/** What somebody new can do first: say one thing that they can do, or one that they need. */
export function FirstSteps({ community }: { community: string }) {
  const t = useTranslations("home");
  return (
    <Empty
      illustration={<Illustration scene="table" />}
      title={t("empty.title")}
      action={
        <>
          <LinkButton href={`/${community}/listings/new?kind=offer`}>{t("offer")}</LinkButton>
          <LinkButton href={`/${community}/listings/new?kind=request`} variant="secondary">
            {t("ask")}
          </LinkButton>
        </>
      }
    >
      <p>{t("empty.lead")}</p>
    </Empty>
  );
}
