import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

/** Says why a listing cannot be answered and what to do instead; renders nothing for an open one. */
export function ListingNotice({
  listing: { isMine, state, member },
  community,
}: {
  listing: Outputs["listing"]["get"];
  community: string;
}) {
  const t = useTranslations("listing.notice");
  const name = member.displayName;
  if (isMine) {
    return state === "open" ? null : (
      <Card tone={state === "lapsed" ? "lamp" : "dusk"}>{t(`mine.${state}`)}</Card>
    );
  }
  const isAway = member.status !== "active";
  // Only its member sees a closed listing.
  if (!isAway && (state === "open" || state === "closed")) return null;
  return (
    <Card tone="dusk" className="grid justify-items-start gap-3">
      <p>{isAway ? t("away", { name }) : t(state === "paused" ? "paused" : "lapsed", { name })}</p>
      {isAway ? (
        <LinkButton href={`/${community}/browse`} variant="secondary">
          {t("browse")}
        </LinkButton>
      ) : (
        <LinkButton href={`/${community}/members/${member.id}`} variant="secondary">
          {t("person", { name })}
        </LinkButton>
      )}
    </Card>
  );
}
