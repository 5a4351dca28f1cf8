import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { OwnLine } from "@/components/ui/own-words";
import type { Named } from "@/domain/member/member";
import { MemberAvatar } from "./member-avatar";
import { MemberName } from "./member-name";

/** A member in a few words, with a link to their page. */
export function MemberCard({
  member,
  community,
}: {
  member: Named & {
    id: string;
    photoId: string | null;
    neighbourhood: string;
    languages: string[];
  };
  community: string;
}) {
  const t = useTranslations("member.page");
  const { id, neighbourhood, languages } = member;
  return (
    <Card className="flex flex-wrap items-center gap-4">
      <MemberAvatar of={member} community={community} />
      <div className="grid min-w-0 flex-[1_1_8rem] grid-cols-1 gap-0.5">
        <p className="font-display text-xl font-bold">
          <Link href={`/${community}/members/${id}`} className="link">
            <MemberName of={member} />
          </Link>
        </p>
        {neighbourhood && (
          <p className="text-ink-soft">
            <OwnLine>{neighbourhood}</OwnLine>
          </p>
        )}
        {languages.length > 0 && (
          <p className="text-sm text-ink-soft">
            {t("speaks", { languages: languages.join(", ") })}
          </p>
        )}
      </div>
    </Card>
  );
}
