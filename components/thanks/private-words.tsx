import { useFormatter } from "next-intl";
import { shortDayText } from "@/components/format/dates";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { List, ListRow } from "@/components/ui/list";
import { OwnLines } from "@/components/ui/own-words";
import { Time } from "@/components/ui/time";
import { sideText } from "@/domain/exchange/sides";
import { nameText } from "@/domain/member/member";

/** Private messages to the coordinators, each with a link to its exchange. */
export function PrivateWords({
  words,
  community,
  timeZone,
}: {
  words: Outputs["thanks"]["words"]["words"];
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("coordinate.words");
  const names = useTranslations("memberName");
  const format = useFormatter();
  return (
    <List label={t("title")}>
      {words.map(({ exchangeId, text, createdAt, from, about, title }) => (
        <ListRow
          key={`${exchangeId} ${from.id}`}
          href={`/${community}/exchanges/${exchangeId}`}
          title={title}
          detail={
            <>
              <span className="block">
                {t("who", { name: nameText(names, from), other: sideText(names, about) })}
              </span>
              <Time dateTime={createdAt}>{shortDayText(format, createdAt, timeZone)}</Time>
              <span className="mt-2 block text-base text-ink">
                <OwnLines>{text}</OwnLines>
              </span>
            </>
          }
        />
      ))}
    </List>
  );
}
