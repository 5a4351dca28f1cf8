import { useFormatter } from "next-intl";
import { Hours } from "@/components/format/hours";
import { slotDayText, slotTimeText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { OwnLines } from "@/components/ui/own-words";
import { Time } from "@/components/ui/time";
import { photoPath } from "@/domain/photo/photo";
import { Distance } from "./distance";
import { KindBadge } from "./kind-badge";
import { ListingPlaces } from "./listing-places";
import { categoryOf } from "./listing-words";

/** A listing's description and its details. */
export function ListingDetails({
  listing,
  community,
  timeZone,
  language,
}: {
  listing: Outputs["listing"]["get"];
  community: string;
  /** The name of the text's language, unless it is the community's. */
  language: string | null;
  timeZone: string;
}) {
  const t = useTranslations("listing.page");
  const category = useTranslations("category");
  const format = useFormatter();
  const { kind, description, minutes, places, availability, expiresAt, isMine, state, metres } =
    listing;
  const items = [
    { term: t("kind"), detail: <KindBadge kind={kind} /> },
    { term: t("category"), detail: category(categoryOf(listing.category)) },
    { term: t("usualLength"), detail: <Hours minutes={minutes} /> },
    { term: t("where"), detail: <ListingPlaces places={places} isMine={isMine} /> },
  ];
  const { neededOn, neededTime } = listing;
  if (neededOn) {
    const day = slotDayText(format, neededOn);
    const time = neededTime && slotTimeText(format, { date: neededOn, time: neededTime });
    items.push({ term: t("neededOn"), detail: time ? `${day}, ${time}` : day });
  }
  if (metres !== null) items.push({ term: t("distance"), detail: <Distance metres={metres} /> });
  if (language) items.push({ term: t("language"), detail: language });
  if (availability) items.push({ term: t("when"), detail: availability });
  if (state === "open") {
    const day = format.dateTime(expiresAt, {
      timeZone,
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    items.push({ term: t("until"), detail: <Time dateTime={expiresAt}>{day}</Time> });
  }
  const { title, photo, photoId } = listing;
  return (
    <>
      {photo && photoId && (
        // biome-ignore lint/performance/noImgElement: photos are private and already as small as they should be
        <img
          src={photoPath(community, photoId, "large")}
          alt={t("photo", { title })}
          width={photo.width}
          height={photo.height}
          // A fixed size, so that the layout does not shift when the photo arrives.
          style={{
            aspectRatio: `${photo.width} / ${photo.height}`,
            width: `min(100%, ${photo.width}px, ${(32 * photo.width) / photo.height}rem)`,
          }}
          className="h-auto justify-self-start rounded-xl border border-line"
        />
      )}
      {description && (
        <div className="max-w-reading text-lg">
          <OwnLines lang={listing.language}>{description}</OwnLines>
        </div>
      )}
      <Card>
        <DescriptionList items={items} />
      </Card>
    </>
  );
}
