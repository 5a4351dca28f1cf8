import { Illustration } from "@/components/scenes/illustration";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { toSearchParams, withQuery } from "@/domain/kernel/query";
import { draftShape } from "@/domain/listing/schema";
import type { Search } from "@/domain/search/schema";
import { hasFilters } from "@/domain/search/search";

/** No results: links to create a request, or among requests an offer, with the same words. */
export function NothingFound({
  community,
  search,
  all,
}: {
  community: string;
  search: Search;
  /** The URL without filters. */
  all: string;
}) {
  const t = useTranslations("listing.browse");
  const { kind, category, words } = search;
  const isFiltered = hasFilters(search);
  const amongRequests = kind === "request";
  const start = toSearchParams(draftShape, {
    kind: amongRequests ? "offer" : "request",
    category,
    title: words || undefined,
  });
  return (
    <EmptyState
      illustration={<Illustration scene="board" />}
      title={t(isFiltered ? "nothingTitle" : "emptyTitle")}
      action={
        <>
          <LinkButton href={withQuery(`/${community}/listings/new`, start)}>
            {t(amongRequests ? "offerIt" : isFiltered ? "askForIt" : "askForSomething")}
          </LinkButton>
          {isFiltered && (
            <LinkButton href={all} variant="secondary">
              {t("clear")}
            </LinkButton>
          )}
        </>
      }
    >
      <p>{t(!isFiltered ? "emptyLead" : amongRequests ? "nothingRequests" : "nothingLead")}</p>
    </EmptyState>
  );
}
