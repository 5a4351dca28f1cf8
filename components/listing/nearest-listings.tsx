import { useTranslations } from "@/components/translations";
import { CardGrid } from "@/components/ui/card";
import { Section } from "@/components/ui/page";
import { ListingCard } from "./listing-card";
import type { Listing } from "./listing-words";

/** Listings for a misspelled search. */
export function NearestListings({
  listings,
  community,
  me,
}: {
  listings: readonly Listing[];
  community: string;
  /** My member id. */
  me: string;
}) {
  const t = useTranslations("listing.browse");
  if (listings.length === 0) return null;
  return (
    <Section title={t("nearestTitle")} lead={t("nearestLead")}>
      <CardGrid as="ul">
        {listings.map((listing) => (
          <ListingCard
            key={listing.id}
            listing={listing}
            community={community}
            isMine={listing.member.id === me}
            as="li"
          />
        ))}
      </CardGrid>
    </Section>
  );
}
