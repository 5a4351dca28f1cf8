import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingForm } from "@/components/listing/listing-form";
import { PhotoForm } from "@/components/photo/photo-form";
import { Page, Section } from "@/components/ui/page";
import { readObject } from "@/domain/kernel/fields";
import { listingShape } from "@/domain/listing/schema";
import { categoryChoices } from "../../../category-choices";
import { getCommunity } from "../../../community";
import { languageChoices } from "../../../language-choices";
import { listingOf } from "../listing";

type Props = { params: Promise<{ community: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.edit"))("title") };
}

/** Changes a listing of one's own. */
async function EditListingPage({ params }: Props) {
  const { community: slug, id } = await params;
  const listing = await listingOf(slug, id);
  if (!listing.isMine) notFound();
  const { community } = await getCommunity(slug);
  const t = await getTranslations("listing.edit");
  return (
    <Page
      title={t("title")}
      back={{ href: `/${slug}/listings/${id}`, label: listing.title }}
      width="reading"
    >
      <Section title={t("photo")}>
        <PhotoForm community={slug} listingId={id} photoId={listing.photoId} />
      </Section>
      <ListingForm
        community={slug}
        id={id}
        draft={{ ...readObject(listingShape, listing), language: listing.language }}
        categories={await categoryChoices()}
        languages={await languageChoices()}
        granularity={community.granularity}
      />
    </Page>
  );
}

export default withMessages(["form", "listingForm", "photoForm"], EditListingPage);
