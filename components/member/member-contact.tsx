import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { OwnLines } from "@/components/ui/own-words";
import type { Person } from "./person";

/** A member's contact details, with the reason why the reader sees them, or when they will. */
export function MemberContact({
  name,
  contact,
  isMe,
  isCoordinator,
}: {
  name: string;
  contact: Person["contact"];
  isMe: boolean;
  isCoordinator: boolean;
}) {
  const t = useTranslations("member.contact");
  const why = contact === null ? "later" : isMe ? "mine" : isCoordinator ? "coordinator" : "agreed";
  return (
    <Card as="section" tone="quiet" className="grid gap-2">
      <h2 className="text-xl">{isMe ? t("titleMine") : t("title", { name })}</h2>
      {contact !== null && (
        <div>
          {contact ? <OwnLines>{contact}</OwnLines> : t(isMe ? "noneMine" : "none", { name })}
        </div>
      )}
      <p className="text-sm text-ink-soft">{t(why, { name })}</p>
    </Card>
  );
}
