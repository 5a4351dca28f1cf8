import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { KeepListing } from "./keep-listing";
import type { Listing } from "./listing-words";
import { StateBadge } from "./state-badge";

/** Beside one's own listing: the state it is in and what can be done with it. */
export function OwnListing({
  listing: { id, title, state },
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
      <KeepListing listing={{ id, title, state }} community={community} />
    </Card>
  );
}
