import { useTranslations } from "@/components/translations";
import type { MapTiles } from "@/domain/place/map";

/** Names the tile server that the member's device contacts, wherever a map can be shown. */
export function MapNotice({ map: { host } }: { map: MapTiles }) {
  const t = useTranslations("map");
  return <p className="flex-[1_1_16rem] text-sm text-ink-soft">{t("notice", { host })}</p>;
}
