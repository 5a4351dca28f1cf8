"use client";

import type { Map as LeafletMap } from "leaflet";
import Link from "next/link";
import { useFormatter } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "@/components/translations";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { Point } from "@/domain/place/distance";
import { atPoints, type Group, groupByCell, type MapTiles } from "@/domain/place/map";
import { degreesOf, MapCanvas } from "./map-canvas";
import { MapCell, MapMark } from "./map-mark";

/** One listing on the map. */
export type Placed = {
  id: string;
  href: string;
  title: string;
  language: string;
  /** The listing's member. */
  name: string;
  point: Point;
};

/** The minimum distance between two marks, which are 44 pixels wide. */
const MARK_DISTANCE_PIXELS = 48;
const keyOf = ({ point }: Group<Placed>) => `${point.latitude} ${point.longitude}`;

/** Listings at their members' approximate locations; a mark opens the list of those at its place. */
export default function PlacesMap({
  map: tiles,
  places,
  mine,
}: {
  map: MapTiles;
  places: readonly Placed[];
  /** The reader's own point. */
  mine: Point | null;
}) {
  const t = useTranslations("map");
  const [opened, setOpened] = useState<Group<Placed> | null>(null);
  const marks = useRef(new Map<string, HTMLButtonElement>());
  const close = () => {
    setOpened(null);
    if (opened) marks.current.get(keyOf(opened))?.focus();
  };
  return (
    <div className="grid grid-cols-1 gap-3">
      <MapCanvas
        map={tiles}
        label={t("label")}
        around={[...places.map(({ point }) => point), ...(mine ? [mine] : [])]}
      >
        {(map) => (
          <>
            {mine && (
              <MapMark map={map} point={mine}>
                <span
                  dir="auto"
                  // Below a mark at the same place.
                  className="block translate-y-7 rounded-full border-2 border-paper bg-dusk px-2 text-xs font-semibold text-paper"
                >
                  {t("you")}
                </span>
              </MapMark>
            )}
            {opened?.points.map((point) => (
              <MapCell key={`${point.latitude} ${point.longitude}`} map={map} point={point} />
            ))}
            <Marks
              map={map}
              places={places}
              opened={opened && keyOf(opened)}
              onOpen={setOpened}
              marks={marks.current}
            />
          </>
        )}
      </MapCanvas>
      {opened && <Names key={keyOf(opened)} of={opened} onClose={close} />}
    </div>
  );
}

/** As many marks as can be distinguished at this zoom level. */
function Marks({
  map,
  places,
  opened,
  onOpen,
  marks,
}: {
  map: LeafletMap;
  places: readonly Placed[];
  opened: string | null;
  onOpen: (group: Group<Placed>) => void;
  marks: Map<string, HTMLButtonElement>;
}) {
  const t = useTranslations("map");
  const format = useFormatter();
  const [zoom, setZoom] = useState(map.getZoom());
  useEffect(() => {
    const look = () => setZoom(map.getZoom());
    look();
    map.on("zoomend", look);
    return () => {
      map.off("zoomend", look);
    };
  }, [map]);
  const groups = groupByCell(
    atPoints(places),
    (point) => map.project(degreesOf(point), zoom),
    MARK_DISTANCE_PIXELS,
  );
  return groups.map((group) => {
    const key = keyOf(group);
    const count = group.items.length;
    const isOpen = key === opened;
    return (
      <MapMark key={key} map={map} point={group.point} isAbove={isOpen}>
        <button
          ref={(element) => {
            if (element) marks.set(key, element);
            else marks.delete(key);
          }}
          type="button"
          aria-expanded={isOpen}
          aria-label={
            count === 1
              ? t("one", { title: group.items[0]?.title ?? "", name: group.items[0]?.name ?? "" })
              : t("several", { count })
          }
          onClick={() => onOpen(group)}
          className="group/mark block size-11 rounded-full"
        >
          <svg aria-hidden="true" viewBox="0 0 44 44" className="size-full">
            <circle
              cx="22"
              cy="22"
              r="17"
              strokeWidth="2.5"
              className={classNames(
                isOpen
                  ? "fill-ink stroke-paper"
                  : "fill-lamp stroke-on-lamp group-hover/mark:fill-lamp-bright",
              )}
            />
            {count === 1 ? (
              // Half a clock face, as in the logo.
              <path
                d="M22 12a10 10 0 0 1 0 20z"
                className={isOpen ? "fill-paper" : "fill-on-lamp"}
              />
            ) : (
              <text
                x="22"
                y="22"
                textAnchor="middle"
                dominantBaseline="central"
                className={classNames(
                  "text-base font-bold tabular-nums",
                  isOpen ? "fill-paper" : "fill-on-lamp",
                )}
              >
                {format.number(count)}
              </text>
            )}
          </svg>
        </button>
      </MapMark>
    );
  });
}

/** The listings at a mark. The list takes the focus, and returns it when closed. */
function Names({ of: { items }, onClose }: { of: Group<Placed>; onClose: () => void }) {
  const t = useTranslations("map");
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-labelledby={id}
      className="grid gap-2 rounded-xl border border-line bg-sheet p-4 shadow-sheet"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div className="flex items-center justify-between gap-3">
        <h2 id={id} ref={heading} tabIndex={-1} className="text-lg">
          {t("several", { count: items.length })}
        </h2>
        <Button variant="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      <ul className="grid gap-1">
        {items.map(({ id: listing, href, title, language, name }) => (
          <li key={listing} className="p-1">
            <Link href={href} className="link font-semibold" lang={language} dir="auto">
              {title}
            </Link>{" "}
            <bdi className="block text-sm text-ink-soft">{name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
