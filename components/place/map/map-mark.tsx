"use client";

import { divIcon, type Map as LeafletMap, type Marker, marker, rectangle } from "leaflet";
import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { cellOf, type Point } from "@/domain/place/distance";
import { degreesOf } from "./map-canvas";

/** Something of our own at a place on the map, with its middle there. */
export function MapMark({
  map,
  point,
  isAbove = false,
  children,
}: {
  map: LeafletMap;
  point: Point;
  /** Over its neighbours. */
  isAbove?: boolean;
  children: ReactNode;
}) {
  const [mark, setMark] = useState<{ on: Marker; element: HTMLElement } | null>(null);
  const [latitude, longitude] = degreesOf(point);
  useEffect(() => {
    const element = document.createElement("div");
    element.className = "pointer-events-auto w-max -translate-1/2";
    const icon = divIcon({ html: element, className: "", iconSize: [0, 0] });
    // What can be pressed is a button in it, by its own right.
    const on = marker([latitude, longitude], { icon, interactive: false, keyboard: false });
    on.addTo(map);
    setMark({ on, element });
    return () => {
      on.remove();
    };
  }, [map, latitude, longitude]);
  useEffect(() => {
    mark?.on.setZIndexOffset(isAbove ? 1000 : 0);
  }, [mark, isAbove]);
  return mark && createPortal(children, mark.element);
}

/** The piece of the grid that a point stands for. */
export function MapCell({ map, point }: { map: LeafletMap; point: Point }) {
  const [[south, west], [north, east]] = cellOf(point).map(degreesOf) as [
    [number, number],
    [number, number],
  ];
  useEffect(() => {
    const cell = rectangle(
      [
        [south, west],
        [north, east],
      ],
      { interactive: false, className: "map-cell" },
    ).addTo(map);
    return () => {
      cell.remove();
    };
  }, [map, south, west, north, east]);
  return null;
}
