import { useFormatter } from "next-intl";
import { useTranslations } from "@/components/translations";
import { List, ListRow } from "@/components/ui/list";
import { Section } from "@/components/ui/page";
import { momentText } from "../format/dates";
import type { Exchange } from "./exchange";
import { AgreeSeriesForm } from "./forms/agree-series-form";
import { StatusBadge } from "./status/status-badge";

/** The other exchanges of a series; each can be opened, rescheduled or cancelled separately. */
export function Series({
  exchange: { id, series },
  community,
  timeZone,
}: {
  exchange: Exchange;
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("exchange.series");
  const format = useFormatter();
  if (series.length === 0) return null;
  const waiting = series.filter(({ myTurn, status }) => myTurn && status === "proposed");
  return (
    <Section title={t("title")} lead={t("lead", { count: series.length })}>
      <List label={t("title")}>
        {series.map((each) => (
          <ListRow
            key={each.id}
            title={momentText(format, each.startsAt, timeZone)}
            {...(each.id === id
              ? { detail: t("this") }
              : { href: `/${community}/exchanges/${each.id}` })}
            end={<StatusBadge status={each.status} />}
          />
        ))}
      </List>
      {waiting.length > 1 && (
        <AgreeSeriesForm
          community={community}
          waiting={waiting.map((each) => ({
            id: each.id,
            version: each.version,
            day: momentText(format, each.startsAt, timeZone),
          }))}
        />
      )}
    </Section>
  );
}
