import { useFormatter } from "next-intl";
import { Hours } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { ListRow } from "@/components/ui/list";
import { Time } from "@/components/ui/time";
import { KindBadge } from "./kind-badge";
import { ListingActions } from "./listing-actions";
import { categoryOf, type Listing } from "./listing-words";
import { StateBadge } from "./state-badge";

/** One of the member's own listings, with its actions. */
export function ListingRow({
  listing,
  community,
  timeZone,
}: {
  listing: Listing;
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("listing.mine");
  const category = useTranslations("category");
  const format = useFormatter();
  const { id, title, kind, state, minutes, expiresAt } = listing;
  const day = format.dateTime(expiresAt, {
    timeZone,
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return (
    <ListRow
      href={`/${community}/listings/${id}`}
      title={title}
      detail={
        <>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-0.5">
            <KindBadge kind={kind} />
            <span>{category(categoryOf(listing.category))}</span>
            <Hours minutes={minutes} />
          </span>
          {(state === "open" || state === "lapsed") && (
            <Time dateTime={expiresAt}>
              {t(state === "open" ? "until" : "lapsedOn", { date: day })}
            </Time>
          )}
        </>
      }
      end={<StateBadge state={state} />}
      actions={<ListingActions listing={{ id, title, state }} community={community} inList />}
    />
  );
}
