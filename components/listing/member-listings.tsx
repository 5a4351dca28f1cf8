import { ListingCard } from "@/components/listing/listing-card";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { CardGrid } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/page";
import type { Person } from "../member/person";

/** What a person offers and asks for at the moment. */
export function MemberListings({
  person: { displayName: name, isMe, listings },
  community,
}: {
  person: Person;
  community: string;
}) {
  const t = useTranslations("member.listings");
  return (
    <Section title={isMe ? t("titleMine") : t("title", { name })}>
      {listings.length > 0 && (
        <CardGrid as="ul">
          {listings.map((listing) => (
            <ListingCard
              key={listing.id}
              listing={listing}
              community={community}
              isMine={isMe}
              hasMember={false}
              as="li"
            />
          ))}
        </CardGrid>
      )}
      {listings.length === 0 && !isMe && <p className="text-ink-soft">{t("none", { name })}</p>}
      {listings.length === 0 && isMe && (
        <EmptyState
          title={t("noneMine")}
          action={
            <LinkButton href={`/${community}/listings/new?kind=offer`} variant="secondary">
              {t("offer")}
            </LinkButton>
          }
        >
          <p>{t("noneMineLead")}</p>
        </EmptyState>
      )}
    </Section>
  );
}
