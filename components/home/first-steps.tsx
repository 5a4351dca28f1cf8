import { Illustration } from "@/components/scenes/illustration";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** For a new member: continues the three first steps. */
export function FirstSteps({ community, done }: { community: string; done: number }) {
  const t = useTranslations("home");
  const steps = useTranslations("onboarding");
  return (
    <EmptyState
      illustration={<Illustration scene="table" />}
      title={t("empty.title")}
      action={<LinkButton href={`/${community}/start`}>{steps("continue")}</LinkButton>}
    >
      <p>{steps("continueLead", { done })}</p>
    </EmptyState>
  );
}
