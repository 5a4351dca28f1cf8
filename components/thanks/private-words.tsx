import { useFormatter, useTranslations } from "next-intl";
import { shortDayText } from "@/components/exchange/when";
import type { Outputs } from "@/components/trpc";
import { List, ListRow } from "@/components/ui/list";
import { Time } from "@/components/ui/time";
import { nameText } from "@/server/domain/member";

/** What was said in confidence, each with the way to its exchange. */
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
          title={<bdi>{title}</bdi>}
          detail={
            <>
              <span className="block">
                {t("who", { name: nameText(names, from), other: nameText(names, about) })}
              </span>
              <Time dateTime={createdAt}>{shortDayText(format, createdAt, timeZone)}</Time>
              <span dir="auto" className="mt-2 block text-base whitespace-pre-line text-ink">
                {text}
              </span>
            </>
          }
        />
      ))}
    </List>
  );
}
