import type { ReactNode } from "react";
import { useTranslations } from "@/components/translations";
import type { Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";
import { PlacesMap } from "./map-parts";
import type { Placed } from "./places-map";

/** A list with the map of what is in it: side by side where there is room, else one below the other. */
export function BesideMap({
  map,
  places,
  mine,
  total,
  children,
}: {
  map: MapTiles | null;
  /** Null for the list alone. */
  places: readonly Placed[] | null;
  mine: Point | null;
  /** How many are in the list. */
  total: number;
  children: ReactNode;
}) {
  const t = useTranslations("map");
  if (!map || !places) return children;
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2 md:items-start">
      <section
        aria-label={t("section")}
        className="grid grid-cols-1 content-start gap-3 md:sticky md:top-20 md:-m-1 md:max-h-[calc(100svh-6rem)] md:overflow-y-auto md:p-1"
      >
        <p>{places.length === 0 ? t("nobody") : t("shown", { count: places.length, total })}</p>
        {places.length > 0 && (
          <PlacesMap
            // Another page of the list is another map.
            key={places.map(({ id }) => id).join()}
            map={map}
            places={places}
            mine={mine}
          />
        )}
      </section>
      {children}
    </div>
  );
}
