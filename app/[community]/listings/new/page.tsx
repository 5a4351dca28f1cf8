import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingForm } from "@/components/listing/listing-form";
import { Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { draftShape } from "@/domain/listing/schema";
import { categoryChoices } from "../../category-choices";
import { getCommunity } from "../../community";
import { languageChoices } from "../../language-choices";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.new"))("title") };
}

/** Puts up an offer or a request; a search that found nothing brings its words along. */
async function NewListingPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const draft = parseSearchParams(draftShape, await searchParams);
  const { community } = await getCommunity(slug);
  const t = await getTranslations("listing.new");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/browse`, label: t("back") }}
      width="reading"
    >
      <ListingForm
        community={slug}
        draft={{ ...draft, language: community.language }}
        categories={await categoryChoices()}
        languages={await languageChoices()}
        granularity={community.granularity}
      />
    </Page>
  );
}

export default withMessages(["form", "listingForm"], NewListingPage);
