import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingForm } from "@/components/listing/listing-form";
import { Page } from "@/components/ui/page";
import { categories } from "@/domain/listing/listing";
import { categoryChoices } from "../../category-choices";
import { getCommunity } from "../../community";
import { languageChoices } from "../../language-choices";

type Search = Record<"kind" | "category" | "title", string | string[] | undefined>;
type Props = { params: Promise<{ community: string }>; searchParams: Promise<Partial<Search>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.new"))("title") };
}

/** Puts up an offer or a request; a search that found nothing brings its words along. */
async function NewListingPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { kind, category, title } = await searchParams;
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
        draft={{
          kind: kind === "request" ? "request" : "offer",
          title: typeof title === "string" ? title.slice(0, 90) : "",
          description: "",
          category: categories.find((each) => each === category) ?? "",
          minutes: 60,
          places: [],
          availability: "",
          neededOn: "",
          neededTime: "",
          language: community.language,
        }}
        categories={await categoryChoices()}
        languages={await languageChoices()}
        granularity={community.granularity}
      />
    </Page>
  );
}

export default withMessages(["form", "listingForm"], NewListingPage);
