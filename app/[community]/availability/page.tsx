import type { Metadata } from "next";
import { getFormatter, getLocale } from "next-intl/server";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { OverrideForm } from "@/components/availability/override-form";
import { RemoveOverride } from "@/components/availability/remove-override";
import { WeekForm } from "@/components/availability/week-form";
import { slotDayText, slotTimeText, weekdayText } from "@/components/format/slots";
import { List, ListRow } from "@/components/ui/list";
import { Page, Section } from "@/components/ui/page";
import { DAY_MINUTES, timeOf } from "@/domain/availability/availability";
import { localOf } from "@/domain/kernel/calendar";
import { inWeekOrder } from "@/domain/kernel/region";
import { weekdays } from "@/domain/kernel/weekdays";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("availability"))("title") };
}

/** When I can help: my week, and the days that differ from it. */
async function AvailabilityPage({ params }: Props) {
  const { community: slug } = await params;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("availability");
  const format = await getFormatter();
  const mine = await callOrRedirect(
    (api) => api.availability.mine({ community: slug }),
    `/${slug}/availability`,
  );
  const days = inWeekOrder(weekdays, await getLocale()).map((weekday) => ({
    weekday,
    name: weekdayText(format, weekday),
  }));
  const wall = (minute: number) =>
    slotTimeText(format, { date: "2026-05-04", time: timeOf(minute % DAY_MINUTES) });
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/me`, label: t("back") }}
      width="reading"
    >
      <Section
        title={t("week")}
        lead={t("weekLead", { zone: community.timeZone.replaceAll("_", " ") })}
      >
        <WeekForm
          community={slug}
          week={mine.week}
          travelMinutes={mine.travelMinutes}
          days={days}
        />
      </Section>
      <Section title={t("exceptions")} lead={t("exceptionsLead")}>
        {mine.exceptions.length === 0 ? (
          <p className="text-ink-soft">{t("noExceptions")}</p>
        ) : (
          <List label={t("exceptions")}>
            {mine.exceptions.map(({ id, firstDay, lastDay, starts, ends }) => {
              const first = slotDayText(format, firstDay);
              const days =
                firstDay === lastDay
                  ? first
                  : t("days", { first, last: slotDayText(format, lastDay) });
              return (
                <ListRow
                  key={id}
                  title={days}
                  detail={
                    starts === null || ends === null
                      ? t("away")
                      : t(ends > DAY_MINUTES ? "onlyOvernight" : "only", {
                          from: wall(starts),
                          to: wall(ends),
                        })
                  }
                  actions={<RemoveOverride community={slug} id={id} days={days} />}
                />
              );
            })}
          </List>
        )}
        <OverrideForm community={slug} today={localOf(new Date(), community.timeZone).date} />
      </Section>
    </Page>
  );
}

export default withMessages(["availabilityForm", "form"], AvailabilityPage);
