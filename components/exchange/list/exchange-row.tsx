import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { Hours } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Badge } from "@/components/ui/badge";
import { ListRow } from "@/components/ui/list";
import { Time } from "@/components/ui/time";
import { momentText, shortDayText } from "../../format/dates";
import { SideAvatar } from "../side";
import { StatusBadge } from "../status/status-badge";
import { whoText } from "../who";

export type ExchangeCard = Outputs["exchange"]["mine"]["exchanges"][number];

/** An exchange in a list, from the reader's side; the whole row is a link. */
export function ExchangeListItem({
  exchange,
  community,
  timeZone,
  isNew = false,
  children,
}: {
  exchange: ExchangeCard;
  community: string;
  timeZone: string;
  /** Whether something about it has not been seen. */
  isNew?: boolean;
  children?: ReactNode;
}) {
  const t = useTranslations("exchange");
  const names = useTranslations("memberName");
  const news = useTranslations("notifications");
  const format = useFormatter();
  const { id, status, title, startsAt, mySide, other, myTurn, reversedAt } = exchange;
  // The time matters only for an exchange in the future; a record has none.
  const isComing = status === "proposed" || status === "agreed";
  const when = (isComing ? momentText : shortDayText)(format, startsAt, timeZone);
  return (
    <ListRow
      href={`/${community}/exchanges/${id}`}
      start={<SideAvatar of={other} community={community} />}
      title={title}
      detail={
        <>
          <span className="block">{whoText(t, names, exchange)}</span>
          <Time dateTime={startsAt}>{when}</Time>
          {children}
        </>
      }
      end={
        <span className="flex flex-wrap items-center justify-end gap-2">
          <span className="font-semibold">
            <RowHours exchange={exchange} />
          </span>
          <StatusBadge status={status} reversed={reversedAt !== null} />
          {myTurn && mySide && <Badge tone="waiting">{t("yourTurn")}</Badge>}
          {isNew && <Badge tone="info">{news("new")}</Badge>}
        </span>
      }
    />
  );
}

/** Settled hours have a sign from the reader's side; other hours have none. */
function RowHours({
  exchange: { status, mySide, minutes, reversedAt },
}: {
  exchange: ExchangeCard;
}) {
  const moved = status === "settled" && mySide !== null && reversedAt === null;
  return <Hours minutes={moved && mySide === "receiver" ? -minutes : minutes} signed={moved} />;
}
