import { useTranslations } from "@/components/translations";
import { Badge } from "@/components/ui/badge";
import type { ListingKind } from "@/domain/listing/listing";

/** Whether somebody offers or asks. */
export function KindBadge({ kind }: { kind: ListingKind }) {
  const t = useTranslations("listingKind");
  return <Badge tone={kind === "offer" ? "good" : "info"}>{t(kind)}</Badge>;
}
