import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { ListingActions } from "./listing-actions";
import type { Listing } from "./listing-words";
import { StateBadge } from "./state-badge";

/** Beside a member's own listing: its state and actions. */
export function OwnListing({
  listing: { id, title, state, photoId },
  community,
}: {
  listing: Listing;
  community: string;
}) {
  const t = useTranslations("listing.page");
  return (
    <Card className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl">{t("yours")}</h2>
        <StateBadge state={state} />
      </div>
      {!photoId && (
        <p>
          <Link href={`/${community}/listings/${id}/edit`} className="link">
            {t("addPhoto")}
          </Link>
        </p>
      )}
      <ListingActions listing={{ id, title, state }} community={community} />
    </Card>
  );
}
