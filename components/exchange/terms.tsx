import { useFormatter } from "next-intl";
import { Hours } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { OwnLine } from "@/components/ui/own-words";
import { Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { sideName } from "@/domain/exchange/sides";
import { dayText, momentText } from "../format/dates";
import { type Exchange, wasRecorded } from "./exchange";
import { placeChoiceOf } from "./place";
import { SideLink } from "./side";

type TermsProps = { exchange: Exchange; community: string; timeZone: string };

/** With whom, when, how long and where. */
export function ExchangeTerms({ exchange, community, timeZone }: TermsProps) {
  const t = useTranslations("exchange.page");
  const category = useTranslations("category");
  const format = useFormatter();
  const { mySide, startsAt, agreedMinutes, reportedMinutes, listing } = exchange;
  const recorded = wasRecorded(exchange);
  const profile = (side: Exchange["giver"]) => <SideLink of={side} community={community} />;
  const people = mySide
    ? [{ term: t("with"), detail: profile(exchange.other) }]
    : [
        { term: t("giver"), detail: profile(exchange.giver) },
        { term: t("receiver"), detail: profile(exchange.receiver) },
      ];
  const when = (recorded ? dayText : momentText)(format, startsAt, timeZone);
  const items = [
    ...people,
    { term: t("when"), detail: <Time dateTime={startsAt}>{when}</Time> },
    { term: t("howLong"), detail: <Hours minutes={recorded ? exchange.minutes : agreedMinutes} /> },
    ...(reportedMinutes !== null && !recorded
      ? [{ term: t("reported"), detail: <Hours minutes={reportedMinutes} /> }]
      : []),
    // A record has no meeting place.
    ...(recorded ? [] : [{ term: t("where"), detail: <Where exchange={exchange} /> }]),
    { term: t("category"), detail: category(exchange.category) },
    ...(listing ? [{ term: t("listing"), detail: listing.title }] : []),
  ];
  return (
    <Section title={t(mySide ? "terms" : "termsOther")}>
      <Card>
        <DescriptionList items={items} />
      </Card>
    </Section>
  );
}

function Where({ exchange: { mySide, place, placeNote, other } }: { exchange: Exchange }) {
  const mine = useTranslations("exchange.place");
  const outside = useTranslations("meetingPlace");
  const name = sideName(useTranslations("memberName"), other);
  return (
    <>
      {mySide ? mine(placeChoiceOf(place, mySide), { name }) : outside(place)}
      {placeNote && (
        <span className="block font-normal">
          <OwnLine>{placeNote}</OwnLine>
        </span>
      )}
    </>
  );
}
