import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { ListRow } from "@/components/ui/list";
import { OwnLine } from "@/components/ui/own-words";
import { MemberAvatar } from "./member-avatar";
import { MemberName } from "./member-name";

/** A member in the directory; the whole row is a link. */
export function MemberRow({
  member,
  community,
  isMe,
}: {
  member: Outputs["member"]["list"]["members"][number];
  community: string;
  isMe: boolean;
}) {
  const t = useTranslations("member.list");
  const { id, number, neighbourhood, languages } = member;
  return (
    <ListRow
      href={`/${community}/members/${id}`}
      start={<MemberAvatar of={member} community={community} />}
      title={
        <>
          <MemberName of={member} />
          {isMe && <span className="text-ink-soft"> {t("me")}</span>}
        </>
      }
      detail={
        <>
          {neighbourhood && (
            <span className="block">
              <OwnLine>{neighbourhood}</OwnLine>
            </span>
          )}
          {languages.length > 0 && (
            <span className="block">
              <OwnLine>{languages.join(", ")}</OwnLine>
            </span>
          )}
        </>
      }
      end={
        <span className="flex flex-wrap items-center justify-end gap-2">
          <span className="text-sm text-ink-soft tabular-nums">{t("number", { number })}</span>
        </span>
      }
    />
  );
}
