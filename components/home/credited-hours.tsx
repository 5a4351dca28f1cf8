import { useFormatter } from "next-intl";
import { ExchangeListItem } from "@/components/exchange/list/exchange-row";
import { momentText } from "@/components/format/dates";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { List } from "@/components/ui/list";
import { Section } from "@/components/ui/page";

/** Hours that another member's record credited to the reader, who can still return them. */
export function CreditedHours({
  exchanges,
  community,
  timeZone,
}: {
  exchanges: Outputs["home"]["get"]["credited"];
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("home");
  const format = useFormatter();
  if (exchanges.length === 0) return null;
  const title = t("credited");
  return (
    <Section title={title} lead={t("creditedLead")}>
      <List label={title}>
        {exchanges.map((exchange) => (
          <ExchangeListItem
            key={exchange.id}
            exchange={exchange}
            community={community}
            timeZone={timeZone}
          >
            {exchange.returnableUntil && (
              <span className="block">
                {t("creditedUntil", {
                  date: momentText(format, exchange.returnableUntil, timeZone),
                })}
              </span>
            )}
          </ExchangeListItem>
        ))}
      </List>
    </Section>
  );
}
