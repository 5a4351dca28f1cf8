"use client";

import type { Map as LeafletMap } from "leaflet";
import { useTranslations } from "@/components/translations";
import { Button } from "@/components/ui/button";
import { coarseFromDegrees, type Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";
import { MapCanvas } from "./map-canvas";
import { MapCell } from "./map-mark";

export type PickMapProps = {
  map: MapTiles;
  point: Point | null;
  /** The initial centre. */
  around: readonly Point[];
  onChange: (point: Point) => void;
};

/** A map on which the member presses a place, or moves the map by keyboard and takes its centre. */
export default function PickMap({ map: tiles, point, around, onChange }: PickMapProps) {
  const t = useTranslations("map");
  const take = (latitude: number, longitude: number) =>
    onChange(coarseFromDegrees(latitude, longitude));
  const takeMiddle = (map: LeafletMap) => {
    const { lat, lng } = map.getCenter().wrap();
    take(lat, lng);
  };
  return (
    <MapCanvas map={tiles} label={t("pickLabel")} around={around} onPress={take} size="low">
      {(map) => (
        <>
          {point && <MapCell map={map} point={point} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="secondary" onClick={() => takeMiddle(map)}>
              {t("middle")}
            </Button>
            <p className="flex-[1_1_12rem] text-sm text-ink-soft">{t("pickHint")}</p>
          </div>
        </>
      )}
    </MapCanvas>
  );
}
