import { useFormatter } from "next-intl";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { List, ListRow } from "@/components/ui/list";
import { Section } from "@/components/ui/page";
import { MemberAvatar } from "./member-avatar";
import { MemberName } from "./member-name";
import { VouchButton } from "./vouch-button";

/** For coordinators: members for whom nobody has vouched yet, each with the button that does. */
export function Newcomers({
  newcomers: { members, count },
  community,
  timeZone,
}: {
  newcomers: Outputs["member"]["newcomers"];
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("newcomers");
  const format = useFormatter();
  if (count === 0) return null;
  const rest = count - members.length;
  return (
    <Section title={t("title")} lead={t("lead")}>
      <List label={t("title")}>
        {members.map((member) => (
          <ListRow
            key={member.id}
            href={`/${community}/members/${member.id}`}
            start={<MemberAvatar of={member} community={community} />}
            title={<MemberName of={member} />}
            detail={t("joined", {
              number: member.number,
              day: format.dateTime(member.joinedAt, { timeZone, dateStyle: "medium" }),
            })}
            actions={<VouchButton community={community} id={member.id} name={member.displayName} />}
          />
        ))}
      </List>
      {rest > 0 && <p className="text-ink-soft">{t("more", { count: rest })}</p>}
    </Section>
  );
}
