import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingRow } from "@/components/listing/listing-row";
import type { ListingState } from "@/components/listing/listing-words";
import { Illustration } from "@/components/scenes/illustration";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { List } from "@/components/ui/list";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Page } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

/** What needs its member first. */
const order: ListingState[] = ["lapsed", "open", "paused", "closed"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("listing.mine"))("title") };
}

/** Everything that I offer and ask for, in every state. */
async function MyListingsPage({ params }: Props) {
  const { community: slug } = await params;
  const path = `/${slug}/my-listings`;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("listing.mine");
  const found = await callOrRedirect((api) => api.listing.mine({ community: slug }), path);
  const listings = found.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const start = (
    <>
      <LinkButton href={`/${slug}/listings/new?kind=offer`}>{t("offer")}</LinkButton>
      <LinkButton href={`/${slug}/listings/new?kind=request`} variant="secondary">
        {t("ask")}
      </LinkButton>
    </>
  );
  const isEmpty = listings.length === 0;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/me`, label: t("back") }}
      actions={!isEmpty && start}
    >
      {isEmpty ? (
        <EmptyState
          illustration={<Illustration scene="board" />}
          title={t("emptyTitle")}
          action={start}
        >
          <p>{t("emptyLead")}</p>
        </EmptyState>
      ) : (
        <List label={t("title")}>
          {listings.map((listing) => (
            <ListingRow
              key={listing.id}
              listing={listing}
              community={slug}
              timeZone={community.timeZone}
            />
          ))}
        </List>
      )}
      <ListLimitNotice shown={listings.length} most={MAX_ROWS.listings} />
    </Page>
  );
}

export default withMessages(["form", "listingForm"], MyListingsPage);
