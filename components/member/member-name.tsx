import { useTranslations } from "@/components/translations";
import { OwnLine } from "@/components/ui/own-words";
import type { Named } from "@/domain/member/member";
import { CoordinatorMark } from "./coordinator-mark";

/**
 * A member's name, with the badge if they coordinate. The badge is a drawing outside of the name's
 * element: no text in a name can look like it or take its place.
 */
export function MemberName({ of: { displayName, role } }: { of: Named }) {
  return (
    <>
      <OwnLine>{displayName}</OwnLine>
      {role === "coordinator" && <CoordinatorBadge />}
    </>
  );
}

function CoordinatorBadge() {
  const label = useTranslations("memberName")("badge");
  return (
    <>
      {" "}
      <CoordinatorMark label={label} />
    </>
  );
}
