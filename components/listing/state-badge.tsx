import { useTranslations } from "@/components/translations";
import { Badge, type BadgeFace, type BadgeTone } from "@/components/ui/badge";
import type { ListingState } from "./listing-words";

const looks: Record<ListingState, { tone: BadgeTone; face: BadgeFace }> = {
  open: { tone: "good", face: "full" },
  paused: { tone: "info", face: "half" },
  lapsed: { tone: "waiting", face: "empty" },
  closed: { tone: "plain", face: "crossed" },
};

/** Whether a listing can be answered. */
export function StateBadge({ state }: { state: ListingState }) {
  const t = useTranslations("listingState");
  return <Badge {...looks[state]}>{t(state)}</Badge>;
}
