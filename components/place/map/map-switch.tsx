import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import type { MapTiles } from "@/domain/place/map";
import { MapNotice } from "./map-notice";

/** Links to the list with a map, or without; each has a URL. */
export function MapSwitch({
  map,
  isShown,
  href,
}: {
  map: MapTiles;
  isShown: boolean;
  /** The URL of the other view. */
  href: string;
}) {
  const t = useTranslations("map");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <LinkButton href={href} variant={isShown ? "quiet" : "secondary"} prefetch={false}>
        {t(isShown ? "hide" : "show")}
      </LinkButton>
      <MapNotice map={map} />
    </div>
  );
}
