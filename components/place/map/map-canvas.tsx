"use client";

import {
  type LatLngExpression,
  type Map as LeafletMap,
  type LeafletMouseEvent,
  latLngBounds,
  map as makeMap,
  tileLayer,
} from "leaflet";
import "leaflet/dist/leaflet.css";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "@/components/translations";
import { classNames } from "@/components/ui/class-names";
import type { Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";

/** Leaflet's zoom level; a higher one shows nothing more on a grid of 300 m. */
const MAX_ZOOM = 16;
/** The initial zoom level, so that a single place still shows its surroundings. */
const MAX_INITIAL_ZOOM = 15;
const MARGIN_PIXELS = 44;
/** The view without any known points. */
const WORLD: { middle: LatLngExpression; zoom: number } = { middle: [25, 10], zoom: 2 };

/** A point in degrees, for Leaflet. */
export const degreesOf = ({ latitude, longitude }: Point): [number, number] => [
  latitude / 10_000,
  longitude / 10_000,
];

type MapCanvasProps = {
  map: MapTiles;
  /** What is to be seen on it. */
  label: string;
  /** What must be in view at first. */
  around: readonly Point[];
  /** The map itself was pressed, at these degrees. */
  onPress?: (latitude: number, longitude: number) => void;
  size?: "tall" | "low";
  /** What is drawn on it, once it stands. */
  children?: (map: LeafletMap) => ReactNode;
};

/** The map. It is rendered in the browser only; its tiles come from the configured server. */
export function MapCanvas({
  map: { tiles, credit },
  label,
  around,
  onPress,
  size = "tall",
  children,
}: MapCanvasProps) {
  const box = useRef<HTMLElement>(null);
  const [map, setMap] = useState<LeafletMap | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const made = makeMap(box.current, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      markerZoomAnimation: !calm,
      inertia: !calm,
      center: WORLD.middle,
      zoom: WORLD.zoom,
      minZoom: 1,
      maxZoom: MAX_ZOOM,
    });
    // The tile server must not learn the page's URL.
    tileLayer(tiles, { maxZoom: MAX_ZOOM, referrerPolicy: "no-referrer" }).addTo(made);
    setMap(made);
    return () => {
      setMap(null);
      made.remove();
    };
  }, [tiles]);

  const view = around.map((point) => degreesOf(point).join(" ")).join();
  useEffect(() => {
    if (!map || !view) return;
    const seen = view.split(",").map((each): [number, number] => {
      const [latitude = 0, longitude = 0] = each.split(" ").map(Number);
      return [latitude, longitude];
    });
    map.fitBounds(latLngBounds(seen), {
      padding: [MARGIN_PIXELS, MARGIN_PIXELS],
      maxZoom: MAX_INITIAL_ZOOM,
      animate: false,
    });
  }, [map, view]);

  const pressed = useRef(onPress);
  useEffect(() => {
    pressed.current = onPress;
  });
  useEffect(() => {
    const press = ({ latlng }: LeafletMouseEvent) => {
      const { lat, lng } = latlng.wrap();
      pressed.current?.(lat, lng);
    };
    map?.on("click", press);
    return () => {
      map?.off("click", press);
    };
  }, [map]);

  return (
    <div className="grid grid-cols-1 gap-1.5">
      {/* What the map stacks stays below the page's own header. */}
      <div className="relative isolate overflow-hidden rounded-xl border border-edge">
        {/* The pictures are laid out from left to right, whatever the page is. */}
        <section
          ref={box}
          dir="ltr"
          aria-label={label}
          className={classNames(
            "bg-shade! outline-offset-[-3px]!",
            onPress && "cursor-crosshair!",
            size === "tall" ? "h-80 sm:h-96 md:h-[min(30rem,50svh)]" : "h-72",
            // In the dark theme the tiles are darkened as well.
            "dark:[&_.leaflet-tile-pane]:opacity-85 dark:[&_.leaflet-tile-pane]:brightness-90",
            "dark:[&_.leaflet-tile-pane]:hue-rotate-180 dark:[&_.leaflet-tile-pane]:invert",
          )}
        />
        {onPress && <Middle />}
        {map && <ZoomButtons map={map} />}
      </div>
      <p className="text-end text-xs text-ink-soft" dir="auto">
        {credit.href ? (
          <a href={credit.href} rel="noreferrer" className="link inline-block py-1">
            {credit.text}
          </a>
        ) : (
          credit.text
        )}
      </p>
      {map && children?.(map)}
    </div>
  );
}

/** Marks the centre, for members who move the map instead of a pointer. */
function Middle() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="pointer-events-none absolute inset-0 z-[500] m-auto size-5 text-ink"
    >
      <path d="M10 2v16M2 10h16" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}

function ZoomButtons({ map }: { map: LeafletMap }) {
  const t = useTranslations("map");
  const button =
    "grid size-11 place-items-center rounded-full border-2 border-ink bg-sheet text-ink hover:bg-shade";
  const sign = (path: string) => (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5">
      <path d={path} stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
  return (
    <div className="absolute end-3 top-3 z-[1000] grid gap-2">
      <button
        type="button"
        className={button}
        aria-label={t("nearer")}
        onClick={() => map.zoomIn()}
      >
        {sign("M10 4v12M4 10h12")}
      </button>
      <button
        type="button"
        className={button}
        aria-label={t("farther")}
        onClick={() => map.zoomOut()}
      >
        {sign("M4 10h12")}
      </button>
    </div>
  );
}
