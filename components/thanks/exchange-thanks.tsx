import { useFormatter } from "next-intl";
import type { Exchange } from "@/components/exchange/exchange";
import { shortDayText } from "@/components/format/dates";
import { useTranslations } from "@/components/translations";
import { Section } from "@/components/ui/page";
import { sideName } from "@/domain/exchange/sides";
import { HideThanks } from "./hide-thanks";
import { PrivateWordForm, ThanksForm } from "./thanks-form";
import { ThanksList } from "./thanks-list";
import type { ExchangeWords } from "./words";

/** After the help: public thanks, and a private message to the coordinators. */
export function ExchangeThanks({
  exchange: { id, other },
  words: { thanks, canWrite, mine, myWord },
  community,
  timeZone,
  now,
}: {
  exchange: Exchange;
  words: ExchangeWords;
  community: string;
  timeZone: string;
  now: Date;
}) {
  const format = useFormatter();
  const t = useTranslations("thanks");
  const names = useTranslations("memberName");
  if (thanks.length === 0 && !canWrite) return null;
  // The fund has no page on which thanks could show.
  const canThank = canWrite && other.kind === "member";
  const shared = { community, exchangeId: id, name: sideName(names, other) };
  return (
    <Section title={t("title")} lead={canThank ? t("lead") : undefined} id="thanks">
      <ThanksList
        items={thanks.map(({ mine: received, ...each }) => ({
          ...each,
          key: each.from.id,
          children: received && (
            <HideThanks
              community={community}
              exchangeId={id}
              state={received.isHidden ? "hidden" : received.shownFrom > now ? "waiting" : "shown"}
              from={shortDayText(format, received.shownFrom, timeZone)}
            />
          ),
        }))}
        community={community}
        timeZone={timeZone}
      />
      {canWrite && (
        <>
          {canThank && <ThanksForm {...shared} before={mine} />}
          <PrivateWordForm {...shared} before={myWord} />
        </>
      )}
    </Section>
  );
}
