import { useTranslations } from "@/components/translations";
import type { MatchReason } from "@/domain/matching/matching";

/** Why somebody is suggested, in words. */
export function Reasons({ reasons }: { reasons: readonly MatchReason[] }) {
  const t = useTranslations("match.reason");
  return reasons.map((reason) => t(reason)).join(" · ");
}
