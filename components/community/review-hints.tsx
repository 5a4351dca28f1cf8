import Link from "next/link";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import type { Named } from "@/domain/member/member";
import { WithdrawInvitation } from "./withdraw-invitation";

type Overview = Outputs["community"]["overview"];

/** For coordinators: bursts of joins, and names that look like a coordinator's. */
export function ReviewHints({
  community,
  bursts,
  alike,
}: { community: string } & Pick<Overview, "bursts" | "alike">) {
  const t = useTranslations("coordinate");
  if (bursts.length === 0 && alike.length === 0) return null;
  return (
    <Section title={t("look")} lead={t("lookLead")}>
      <div className="grid grid-cols-1 gap-4">
        {bursts.map((burst) => (
          <BurstCard key={burst.members[0]?.id} burst={burst} community={community} />
        ))}
        {alike.length > 0 && (
          <Card>
            <p>{t("alike")}</p>
            <Members community={community} members={alike} />
            <ListLimitNotice shown={alike.length} most={MAX_ROWS.names} />
          </Card>
        )}
      </div>
    </Section>
  );
}

function BurstCard({
  burst: { count, minutes, isOneAddress, invitation, members },
  community,
}: {
  burst: Overview["bursts"][number];
  community: string;
}) {
  const t = useTranslations("coordinate");
  const way = isOneAddress ? "one" : "many";
  const label = invitation?.label;
  return (
    <Card>
      <p>
        {invitation
          ? t(`burst.${way}Invitation`, { count, minutes, label: label || t("burst.unnamed") })
          : t("burst.oneAddress", { count, minutes })}
      </p>
      <Members community={community} members={members} />
      {count > members.length && <ListLimitNotice shown={members.length} most={members.length} />}
      {invitation && !invitation.isWithdrawn && (
        <WithdrawInvitation community={community} id={invitation.id} />
      )}
      {invitation?.isWithdrawn && <p className="text-ink-soft">{t("burst.withdrawn")}</p>}
    </Card>
  );
}

function Members({
  community,
  members,
}: {
  community: string;
  members: readonly (Named & { id: string })[];
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {members.map(({ id, ...name }) => (
        <li key={id}>
          <Link href={`/${community}/members/${id}`} className="link">
            <MemberName of={name} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
