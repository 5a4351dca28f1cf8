import { ThanksList } from "@/components/thanks/thanks-list";
import type { Received } from "@/components/thanks/words";
import { useTranslations } from "@/components/translations";
import { MoreLink } from "@/components/ui/more-link";
import { Section } from "@/components/ui/page";
import type { Person } from "../member/person";

/** What neighbours thanked a person for, and with how many people they exchanged help. */
export function MemberThanks({
  person: { id, displayName: name, isMe },
  received: { thanks, next, people },
  community,
  timeZone,
  isLater,
}: {
  person: Person;
  received: Received;
  community: string;
  timeZone: string;
  /** Whether earlier pages were shown before. */
  isLater: boolean;
}) {
  const t = useTranslations("member.thanks");
  const path = `/${community}/members/${id}`;
  const helps = people.helped > 0 || people.helpedBy > 0;
  if (!helps && thanks.length === 0 && !isMe) return null;
  return (
    <Section
      title={t("title")}
      lead={helps ? t(isMe ? "peopleMine" : "people", { name, ...people }) : undefined}
      id="thanks"
    >
      {thanks.length === 0 && <p className="text-ink-soft">{t(isMe ? "noneMine" : "none")}</p>}
      <ThanksList
        items={thanks.map((each) => ({ ...each, key: each.exchangeId }))}
        community={community}
        timeZone={timeZone}
      />
      {next && <MoreLink href={`${path}?thanks=${next}#thanks`} label={t("more")} />}
      {isLater && !next && <MoreLink href={`${path}#thanks`} label={t("toStart")} />}
    </Section>
  );
}
