import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BrowseForm } from "@/components/listing/browse-form";
import { ListingCard } from "@/components/listing/listing-card";
import { NothingFound } from "@/components/listing/nothing-found";
import { LinkButton } from "@/components/ui/button";
import { CardGrid } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { MoreLink } from "@/components/ui/more-link";
import { Page } from "@/components/ui/page";
import { load } from "@/server/caller";
import { categoryChoices } from "../category-choices";
import { here } from "../here";
import { type BrowseSearch, browsePath, browseQuery } from "./browse-query";

type Props = { params: Promise<{ community: string }>; searchParams: BrowseSearch };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.browse"))("title") };
}

/** What neighbours offer and ask for, newest first. */
export default async function BrowsePage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const query = await browseQuery(searchParams);
  const { kind, category, words, after } = query;
  const { me } = await here(slug);
  const t = await getTranslations("listing.browse");
  const { listings, next } = await load(
    (api) => api.listing.browse({ community: slug, ...query }),
    browsePath(slug, query),
  );
  const tabs = ([undefined, "offer", "request"] as const).map((each) => ({
    href: browsePath(slug, { kind: each, category, words }),
    label: t(each ?? "all"),
    current: each === kind,
  }));
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          <LinkButton href={`/${slug}/listings/new?kind=offer`}>{t("offerSomething")}</LinkButton>
          <LinkButton href={`/${slug}/listings/new?kind=request`} variant="secondary">
            {t("askForSomething")}
          </LinkButton>
        </>
      }
    >
      <BrowseForm
        path={`/${slug}/browse`}
        query={{ kind, category, words }}
        categories={await categoryChoices()}
      />
      <LinkTabs label={t("tabs")} tabs={tabs} />
      {listings.length === 0 ? (
        <NothingFound community={slug} query={{ kind, category, words }} all={`/${slug}/browse`} />
      ) : (
        <CardGrid as="ul">
          {listings.map((listing) => (
            <ListingCard
              key={listing.id}
              listing={listing}
              community={slug}
              isMine={listing.member.id === me.id}
              heading="h2"
              as="li"
            />
          ))}
        </CardGrid>
      )}
      {next && (
        <MoreLink
          href={browsePath(slug, { kind, category, words, after: next })}
          label={t("more")}
        />
      )}
      {after && (
        <p className="text-center">
          <LinkButton variant="quiet" href={browsePath(slug, { kind, category, words })}>
            {t("newest")}
          </LinkButton>
        </p>
      )}
    </Page>
  );
}
