import { useTranslations } from "@/components/translations";
import { Badge, type BadgeFace, type BadgeTone } from "@/components/ui/badge";
import type { ExchangeStatus } from "@/domain/exchange/status";

const looks: Record<ExchangeStatus, { tone: BadgeTone; face: BadgeFace }> = {
  proposed: { tone: "plain", face: "empty" },
  agreed: { tone: "info", face: "half" },
  reported: { tone: "info", face: "half" },
  disputed: { tone: "info", face: "half" },
  settled: { tone: "good", face: "full" },
  // An end without hours is ordinary and never alarming.
  declined: { tone: "plain", face: "crossed" },
  withdrawn: { tone: "plain", face: "crossed" },
  cancelled: { tone: "plain", face: "crossed" },
  expired: { tone: "plain", face: "crossed" },
};

/** Where an exchange stands, in one or two words. */
export function StatusBadge({
  status,
  reversed = false,
}: {
  status: ExchangeStatus;
  reversed?: boolean;
}) {
  const words = useTranslations("exchangeStatus");
  const t = useTranslations("exchange");
  if (reversed) {
    return (
      <Badge tone="plain" face="crossed">
        {t("undone")}
      </Badge>
    );
  }
  return <Badge {...looks[status]}>{words(status)}</Badge>;
}
