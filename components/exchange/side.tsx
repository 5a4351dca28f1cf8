import Link from "next/link";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberName } from "@/components/member/member-name";
import { Mark } from "@/components/scenes/mark";
import { useTranslations } from "@/components/translations";
import type { Exchange } from "./exchange";

type Side = Exchange["other"];

/** A member's photo or initials; for the fund, the mark. */
export function SideAvatar({ of: side, community }: { of: Side; community: string }) {
  if (side.kind === "member") return <MemberAvatar of={side} community={community} />;
  return <Mark className="size-11" />;
}

/** A member's name, as a link to their page; the fund has none. */
export function SideLink({ of: side, community }: { of: Side; community: string }) {
  const t = useTranslations("memberName");
  if (side.kind === "fund") return t("fund");
  return (
    <Link href={`/${community}/members/${side.id}`} className="link">
      <MemberName of={side} />
    </Link>
  );
}
