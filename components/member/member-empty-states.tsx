import { Illustration } from "@/components/scenes/illustration";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A search without results. */
export function NoMembersFound({ words, all }: { words: string; all: string }) {
  const t = useTranslations("member.list");
  return (
    <EmptyState
      title={t("nobodyTitle", { words })}
      action={<LinkButton href={all}>{t("all")}</LinkButton>}
    >
      <p>{t("nobodyLead")}</p>
    </EmptyState>
  );
}

/** A community with a single member. */
export function OnlyMember({
  community,
  isCoordinator,
}: {
  community: string;
  isCoordinator: boolean;
}) {
  const t = useTranslations("member.list");
  return (
    <EmptyState
      illustration={<Illustration scene="neighbours" />}
      title={t("onlyMeTitle")}
      action={
        isCoordinator ? (
          <LinkButton href={`/${community}/coordinate/invitations`}>{t("invite")}</LinkButton>
        ) : (
          <LinkButton href={`/${community}/listings/new?kind=offer`}>{t("offer")}</LinkButton>
        )
      }
    >
      <p>{t(isCoordinator ? "onlyMeInvite" : "onlyMeOffer")}</p>
    </EmptyState>
  );
}
