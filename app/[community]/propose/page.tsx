import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ProposeForm } from "@/components/exchange/forms/propose-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { SLOT_DAYS } from "@/domain/availability/availability";
import { proposePageShape } from "@/domain/exchange/schema";
import { localOf } from "@/domain/kernel/calendar";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";
import { categoryChoices } from "../category-choices";
import { getCommunity } from "../community";
import { proposalOf } from "./proposal";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

/** The start in the query. */
function startOf(at: string | undefined): { date: string; time: string } | undefined {
  const [date, time] = at?.split("T") ?? [];
  return date && time ? { date, time } : undefined;
}

/** When a request is needed, where it says so. */
const neededAt = (listing: { neededOn: string; neededTime: string } | undefined) =>
  listing?.neededOn ? { date: listing.neededOn, time: listing.neededTime || "10:00" } : undefined;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("propose"))("title") };
}

/** Proposes an exchange, from a listing or to a person. */
async function ProposePage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { at, ...asked } = parseSearchParams(proposePageShape, await searchParams);
  const { community } = await getCommunity(slug);
  const t = await getTranslations("propose");
  const { listing, other, mySide, minutes, place, isOpen, back } = await proposalOf(slug, asked);
  const canHelp = other.status === "active" && isOpen;
  const slots = canHelp
    ? await callOrRedirect(
        (api) =>
          api.availability.slots({
            community: slug,
            memberId: other.id,
            minutes,
            days: SLOT_DAYS,
          }),
        back,
      )
    : null;
  const name = other.displayName;
  const lead = listing ? (mySide === "giver" ? "leadGiver" : "leadReceiver") : "leadPerson";
  const now = Date.now();
  const inOneDay = localOf(new Date(now + 86_400_000), community.timeZone).date;
  // Chosen on the listing's page, or the first time that is free, or when the request needs it.
  const chosen = mySide === "receiver" ? (startOf(at) ?? slots?.[0]) : neededAt(listing);
  return (
    <Page
      title={t("title")}
      lead={t(lead, { name: nameText(await getTranslations("memberName"), other) })}
      back={{ href: back, label: listing ? t("backListing") : t("backPerson", { name }) }}
      width="reading"
    >
      {!canHelp ? (
        <Closed community={slug} other={other} />
      ) : (
        <ProposeForm
          community={slug}
          other={{ id: other.id, displayName: name }}
          listing={listing && { id: listing.id, title: listing.title, category: listing.category }}
          mySide={mySide}
          categories={await categoryChoices()}
          draft={{
            date: chosen?.date ?? inOneDay,
            time: chosen?.time ?? "10:00",
            minutes,
            place,
            placeNote: "",
          }}
          slots={slots}
          today={localOf(new Date(now), community.timeZone).date}
          granularity={community.granularity}
        />
      )}
    </Page>
  );
}

/** The listing has closed meanwhile, or the person is taking a break. */
async function Closed({
  community,
  other,
}: {
  community: string;
  other: { id: string; displayName: string; status: string };
}) {
  const t = await getTranslations("propose");
  const name = other.displayName;
  const isAway = other.status !== "active";
  return (
    <EmptyState
      title={isAway ? t("away", { name }) : t("closed")}
      action={
        <>
          <LinkButton href={`/${community}/browse`}>{t("browse")}</LinkButton>
          {!isAway && (
            <LinkButton variant="secondary" href={`/${community}/members/${other.id}`}>
              {t("closedPerson", { name })}
            </LinkButton>
          )}
        </>
      }
    >
      <p>{t(isAway ? "awayLead" : "closedLead", { name })}</p>
    </EmptyState>
  );
}

export default withMessages(["exchangeForm", "form"], ProposePage);
