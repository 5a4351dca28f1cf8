import { useTranslations } from "next-intl";
import type { Exchange } from "@/components/exchange/exchange";
import { Section } from "@/components/ui/page";
import { PrivateWordForm, ThanksForm } from "./thanks-form";
import { ThanksList } from "./thanks-list";
import type { ExchangeWords } from "./words";

/** After the help: thanks for everybody to read, and a word for the coordinators only. */
export function ExchangeThanks({
  exchange: { id, other },
  words: { thanks, canWrite, mine, myWord },
  community,
  timeZone,
}: {
  exchange: Exchange;
  words: ExchangeWords;
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("thanks");
  if (thanks.length === 0 && !canWrite) return null;
  const shared = { community, exchangeId: id, name: other.displayName };
  return (
    <Section title={t("title")} lead={canWrite ? t("lead") : undefined} id="thanks">
      <ThanksList
        items={thanks.map((each) => ({ ...each, key: each.from.id }))}
        community={community}
        timeZone={timeZone}
      />
      {canWrite && (
        <>
          <ThanksForm {...shared} before={mine} />
          <PrivateWordForm {...shared} before={myWord} />
        </>
      )}
    </Section>
  );
}
