import { useTranslations } from "@/components/translations";
import type { MapTiles } from "@/domain/place/map";

/** Whom a member's device asks for the map: said wherever one can be shown. */
export function MapNotice({ map: { host } }: { map: MapTiles }) {
  const t = useTranslations("map");
  return <p className="flex-[1_1_16rem] text-sm text-ink-soft">{t("notice", { host })}</p>;
}
