import Link from "next/link";
import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { shortDayText } from "@/components/format/dates";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import { OwnLines } from "@/components/ui/own-words";
import { Time } from "@/components/ui/time";
import type { Named } from "@/domain/member/member";

type Item = {
  key: string;
  text: string;
  createdAt: Date;
  from: Named & { id: string; photoId: string | null };
  /** What for; left out where the page says so already. */
  title?: string;
  editedAt?: Date | null;
  /** What can be done about it. */
  children?: ReactNode;
};

/** Thanks in their writers' words. */
export function ThanksList({
  items,
  community,
  timeZone,
}: {
  items: readonly Item[];
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("thanks");
  const format = useFormatter();
  if (items.length === 0) return null;
  return (
    <ul className="grid grid-cols-1 gap-5">
      {items.map(({ key, text, createdAt, from, title, editedAt, children }) => (
        <li key={key} className="flex flex-wrap items-start gap-3">
          <MemberAvatar of={from} community={community} size="small" />
          <figure className="grid min-w-0 flex-[1_1_8rem] grid-cols-1 gap-1">
            <blockquote className="max-w-reading">
              <OwnLines>{text}</OwnLines>
            </blockquote>
            <figcaption className="text-sm text-ink-soft">
              <Link href={`/${community}/members/${from.id}`} className="link">
                <MemberName of={from} />
              </Link>
              {title && (
                <>
                  {" "}
                  <bdi>{t("for", { title })}</bdi>
                </>
              )}
              <span aria-hidden="true"> · </span>
              <Time dateTime={createdAt}>{shortDayText(format, createdAt, timeZone)}</Time>
              {editedAt && (
                <>
                  <span aria-hidden="true"> · </span>
                  {t("edited")}
                </>
              )}
            </figcaption>
            {children}
          </figure>
        </li>
      ))}
    </ul>
  );
}
