import { useFormatter } from "next-intl";
import { dayText, momentText, shortMomentText } from "@/components/format/dates";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Badge } from "@/components/ui/badge";
import { List, ListRow } from "@/components/ui/list";
import { OwnLine } from "@/components/ui/own-words";
import { Time } from "@/components/ui/time";
import { sideText } from "@/domain/exchange/sides";
import { isExchangeEvent } from "@/domain/notification/notification";
import { SideAvatar } from "../exchange/side";

type Notification = Outputs["notification"]["mine"][number];

/** Events that set or suggest a time of the help. */
const WITH_TIME = ["proposed", "countered", "rescheduleRequested", "rescheduled", "recorded"];

/** Notifications as rows that open their subject. */
export function NotificationList({
  label,
  notifications,
  community,
  timeZone,
}: {
  label: string;
  notifications: readonly Notification[];
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("notifications");
  const events = useTranslations("exchange");
  const names = useTranslations("memberName");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const what = ({ event, by: side, minutes }: Notification) => {
    const by = side ? sideText(names, side) : events("somebody");
    if (!isExchangeEvent(event)) return t(`event.${event}`, { by });
    return events(`event.${event}`, {
      by,
      hours: minutes === null ? "" : hoursText(ui, minutes),
    });
  };
  const when = ({ event, startsAt }: Notification) => {
    if (!startsAt || !WITH_TIME.includes(event)) return null;
    return (event === "recorded" ? dayText : momentText)(format, startsAt, timeZone);
  };
  return (
    <List label={label}>
      {notifications.map((each) => (
        <ListRow
          key={each.id}
          href={`/${community}${each.path}`}
          start={each.by && <SideAvatar of={each.by} community={community} />}
          title={what(each)}
          detail={
            <>
              <span className="block">
                <OwnLine>{each.title}</OwnLine>
              </span>
              {when(each) && <span className="block">{when(each)}</span>}
            </>
          }
          end={
            <span className="flex flex-wrap items-center justify-end gap-2 text-sm text-ink-soft">
              <Time dateTime={each.createdAt}>
                {shortMomentText(format, each.createdAt, timeZone)}
              </Time>
              {each.isNew && <Badge tone="waiting">{t("new")}</Badge>}
            </span>
          }
        />
      ))}
    </List>
  );
}
