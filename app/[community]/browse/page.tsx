import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingCard } from "@/components/listing/listing-card";
import { NearestListings } from "@/components/listing/nearest-listings";
import { NothingFound } from "@/components/listing/nothing-found";
import { BesideMap } from "@/components/place/map/beside-map";
import { MapSwitch } from "@/components/place/map/map-switch";
import { BrowseForm } from "@/components/search/browse-form";
import { MarkSearchSeen } from "@/components/search/mark-search-seen";
import { SaveSearch } from "@/components/search/save-search";
import { SavedSearches } from "@/components/search/saved-searches";
import { SearchChoices } from "@/components/search/search-choices";
import { LinkButton } from "@/components/ui/button";
import { CardGrid } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { MoreLink } from "@/components/ui/more-link";
import { Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { browseShape } from "@/domain/search/schema";
import { hasFilters } from "@/domain/search/search";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";
import { browsePath } from "./browse-path";
import { placesOf } from "./places-of";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.browse"))("title") };
}

/** What neighbours offer and ask for: by words, choices and distance. */
async function BrowsePage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const query = parseSearchParams(browseShape, await searchParams);
  const { after, saved, view, ...asked } = query;
  const { order: _, ...search } = asked;
  const { me, map } = await getCommunity(slug);
  const t = await getTranslations("listing.browse");
  const from = browsePath(slug, query);
  const input = { community: slug, ...asked, after };
  const [{ listings, next, facets, nearest }, searches] = await Promise.all([
    callOrRedirect((api) => api.listing.browse(input), from),
    callOrRedirect((api) => api.search.saved({ community: slug }), from),
  ]);
  const pathOf = (more: Partial<typeof query>) => browsePath(slug, { ...asked, view, ...more });
  const all = browsePath(slug, { view });
  const places = map && view ? await placesOf({ community: slug, from, listings }) : null;
  const tabs = ([undefined, "offer", "request"] as const).map((kind) => ({
    href: pathOf({ kind }),
    label: t(kind ?? "all"),
    current: kind === search.kind,
    count: facets.kind
      .filter(({ value }) => !kind || value === kind)
      .reduce((sum, { count }) => sum + count, 0),
  }));
  const near = <NearestListings listings={nearest} community={slug} me={me.id} />;
  const card = { community: slug, heading: "h2", as: "li" } as const;
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
      {saved && <MarkSearchSeen community={slug} id={saved} />}
      <BrowseForm
        path={browsePath(slug)}
        clear={browsePath(slug, { kind: search.kind, view })}
        view={view}
        query={asked}
        facets={facets}
        point={me.point ? { isSet: true } : { isSet: false, href: `/${slug}/profile` }}
      />
      <LinkTabs label={t("tabs")} tabs={tabs} />
      {hasFilters(search) && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <p role="status" className="font-semibold">
            {search.words
              ? t("foundFor", { count: facets.total, words: search.words })
              : t("found", { count: facets.total })}
          </p>
          <SearchChoices search={search} facets={facets} pathOf={pathOf} all={all} />
        </div>
      )}
      {listings.length === 0 && near}
      {listings.length === 0 ? (
        <NothingFound community={slug} search={search} all={all} />
      ) : (
        <>
          {map && (
            <MapSwitch
              map={map}
              isShown={places !== null}
              href={pathOf({ after, view: places ? undefined : "map" })}
            />
          )}
          <BesideMap map={map} places={places} mine={me.point} total={listings.length}>
            <CardGrid as="ul">
              {listings.map((listing) => (
                <ListingCard
                  key={listing.id}
                  listing={listing}
                  isMine={listing.member.id === me.id}
                  {...card}
                />
              ))}
            </CardGrid>
          </BesideMap>
        </>
      )}
      {next && <MoreLink href={pathOf({ after: next })} label={t("more")} />}
      {after && (
        <p className="text-center">
          <LinkButton variant="quiet" href={pathOf({})}>
            {t("toStart")}
          </LinkButton>
        </p>
      )}
      {listings.length > 0 && near}
      {hasFilters(search) && <SaveSearch community={slug} search={search} />}
      <SavedSearches
        community={slug}
        searches={searches.map((each) => ({
          ...each,
          href: browsePath(slug, { ...each.search, order: "new", saved: each.id }),
        }))}
      />
    </Page>
  );
}

export default withMessages(["form", "map", "searchForm"], BrowsePage);
