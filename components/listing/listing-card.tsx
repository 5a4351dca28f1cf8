import { Hours } from "@/components/format/hours";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import { CardLink } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { OwnLine } from "@/components/ui/own-words";
import { photoPath } from "@/domain/photo/photo";
import { Distance } from "./distance";
import { KindBadge } from "./kind-badge";
import { ListingPlaces } from "./listing-places";
import { categoryOf, type Listing } from "./listing-words";

/** A listing as a card: what, who, where and usually how long; the whole card is a link. */
export function ListingCard({
  listing,
  community,
  isMine = false,
  hasMember = true,
  heading,
  as,
}: {
  listing: Listing;
  /** The slug of the community. */
  community: string;
  isMine?: boolean;
  /** Whether to show the listing's member. */
  hasMember?: boolean;
  heading?: "h2" | "h3";
  /** `li` in a `CardGrid` that is a list. */
  as?: "article" | "li";
}) {
  const t = useTranslations("listing.card");
  const category = useTranslations("category");
  const { id, kind, title, minutes, places, member, photoId, metres, language } = listing;
  return (
    <CardLink
      href={`/${community}/listings/${id}`}
      title={<OwnLine lang={language}>{title}</OwnLine>}
      heading={heading}
      as={as}
      eyebrow={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <KindBadge kind={kind} />
          <span>{category(categoryOf(listing.category))}</span>
        </span>
      }
      footer={
        <>
          {hasMember && (
            <>
              <MemberAvatar of={member} community={community} size="small" />
              <span className="grid min-w-0 flex-[1_1_7.5rem] leading-tight">
                <span className="font-semibold">
                  {isMine ? t("mine") : <MemberName of={member} />}
                </span>
                {member.neighbourhood && (
                  <span className="text-ink-soft">
                    <OwnLine>{member.neighbourhood}</OwnLine>
                  </span>
                )}
              </span>
            </>
          )}
          <span className="ms-auto inline-flex items-center gap-1.5 font-semibold">
            <Icon name="clock" className="size-4" />
            <Hours minutes={minutes} />
          </span>
        </>
      }
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <span className="flex min-w-0 flex-[1_1_8rem] items-start gap-1.5 text-sm">
          <Icon name="place" className="mt-[0.15em] size-4" />
          <span className="min-w-0">
            <ListingPlaces places={places} isMine={isMine} />
            {metres !== null && (
              <>
                {" · "}
                <Distance metres={metres} />
              </>
            )}
          </span>
        </span>
        {photoId && (
          // biome-ignore lint/performance/noImgElement: photos are private and already as small as they should be
          <img
            src={photoPath(community, photoId, "square")}
            alt=""
            width={96}
            height={96}
            loading="lazy"
            decoding="async"
            className="size-24 shrink-0 rounded-lg object-cover"
          />
        )}
      </div>
    </CardLink>
  );
}
