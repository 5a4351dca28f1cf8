import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { FreeTimes } from "@/components/listing/free-times";
import { ListingDetails } from "@/components/listing/listing-details";
import { ListingNotice } from "@/components/listing/listing-notice";
import { OwnListing } from "@/components/listing/own-listing";
import { Suggestions } from "@/components/matching/match-suggestions";
import { MemberCard } from "@/components/member/member-card";
import { LinkButton } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { Columns, Page } from "@/components/ui/page";
import { SLOT_DAYS } from "@/domain/availability/availability";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";
import { languageName } from "../../language-choices";
import { listingOf, suggestionsFor } from "./listing";

type Props = {
  params: Promise<{ community: string; id: string }>;
  /** `new` right after it was put up. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { community, id } = await params;
  return { title: (await listingOf(community, id)).title };
}

/** An offer or a request, and the way to answer it. */
async function ListingPage({ params, searchParams }: Props) {
  const { community: slug, id } = await params;
  const listing = await listingOf(slug, id);
  const { community } = await getCommunity(slug);
  const t = await getTranslations("listing.page");
  const { kind, isMine, member, state } = listing;
  const isNew = "new" in (await searchParams);
  const suggestions = isMine ? await suggestionsFor(slug, id) : [];
  const canAnswer = !isMine && state === "open" && member.status === "active";
  const propose = `/${slug}/propose?listing=${id}`;
  const slots =
    canAnswer && kind === "offer"
      ? await callOrRedirect(
          (api) =>
            api.availability.slots({
              community: slug,
              memberId: member.id,
              minutes: listing.minutes,
              days: SLOT_DAYS,
            }),
          `/${slug}/listings/${id}`,
        )
      : null;
  return (
    <Page
      title={listing.title}
      back={
        isMine
          ? { href: `/${slug}/my-listings`, label: t("backMine") }
          : { href: `/${slug}/browse`, label: t("back") }
      }
      actions={
        <>
          {canAnswer && (
            <LinkButton href={propose}>
              {t(kind === "offer" ? "ask" : "offer", { name: member.displayName })}
            </LinkButton>
          )}
          {isMine && (
            <LinkButton href={`/${slug}/listings/${id}/edit`} variant="secondary">
              {t("edit")}
            </LinkButton>
          )}
        </>
      }
    >
      {isMine && state === "open" && isNew && (
        <FormMessage tone="good" takesFocus>
          {t("putUp")}
        </FormMessage>
      )}
      <ListingNotice listing={listing} community={slug} />
      <Columns
        aside={
          isMine ? (
            <OwnListing listing={listing} community={slug} />
          ) : (
            <MemberCard member={member} community={slug} />
          )
        }
      >
        <ListingDetails
          listing={listing}
          community={slug}
          timeZone={community.timeZone}
          language={listing.language === community.language ? null : languageName(listing.language)}
        />
        {slots && <FreeTimes slots={slots} name={member.displayName} propose={propose} />}
        <Suggestions suggestions={suggestions} kind={kind} community={slug} />
      </Columns>
    </Page>
  );
}

export default withMessages(["form", "listingForm"], ListingPage);
