"use client";

import { type ReactNode, useId, useState } from "react";
import { MapNotice } from "@/components/place/map/map-notice";
import { PickMap } from "@/components/place/map/map-parts";
import type { PickMapProps } from "@/components/place/map/pick-map";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "@/components/ui/button";
import { FieldGroup, type FieldProps } from "@/components/ui/field";
import { coarseFromDegrees, type Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";

const LOCATE_TIMEOUT_MS = 20_000;

/**
 * An approximate location: from the browser, from the map if there is one, or from another control in
 * the field. It is rounded to the grid before it leaves the page.
 */
export function PointField({
  point,
  onChange,
  status,
  map,
  around,
  ways,
  error,
  children,
  ...words
}: FieldProps & {
  point: Point | null;
  onChange: (point: Point | null) => void;
  /** What is set, in words. */
  status: string;
  map: MapTiles | null;
  /** Where to look on the map at first. */
  around: readonly Point[];
  /** More buttons that set it. */
  ways?: ReactNode;
  /** Another control that sets it. */
  children?: ReactNode;
}) {
  const t = useTranslations("memberForm");
  const id = useId();
  const { find, state } = useCurrentLocation(onChange);
  return (
    <FieldGroup id={id} {...words} error={error || (state === "refused" && t("pointRefused"))}>
      <div className="grid grid-cols-1 gap-4">
        <p role="status">{status}</p>
        <Actions>
          <Button
            variant="secondary"
            onClick={find}
            pending={state === "finding"}
            pendingLabel={t("pointFinding")}
          >
            {t("pointHere")}
          </Button>
          {ways}
          {point && (
            <Button variant="quiet" onClick={() => onChange(null)}>
              {t("pointClear")}
            </Button>
          )}
        </Actions>
        {children}
        {map && <OnMap map={map} point={point} around={around} onChange={onChange} />}
      </div>
    </FieldGroup>
  );
}

/** Asks the browser for the location. */
function useCurrentLocation(onFound: (point: Point) => void) {
  const [state, setState] = useState<"still" | "finding" | "refused">("still");
  const find = () => {
    if (!("geolocation" in navigator)) return setState("refused");
    setState("finding");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("still");
        onFound(coarseFromDegrees(coords.latitude, coords.longitude));
      },
      () => setState("refused"),
      { enableHighAccuracy: false, timeout: LOCATE_TIMEOUT_MS, maximumAge: 3_600_000 },
    );
  };
  return { find, state };
}

/** The map is loaded on request only. */
function OnMap({ map, point, around, onChange }: PickMapProps) {
  const t = useTranslations("map");
  /** Where one looked first: pressing on the map does not move it. */
  const [first, setFirst] = useState<readonly Point[] | null>(null);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="secondary"
          aria-expanded={first !== null}
          onClick={() => setFirst(first ? null : point ? [point] : around)}
        >
          {t(first ? "pickHide" : "pick")}
        </Button>
        <MapNotice map={map} />
      </div>
      {first && <PickMap map={map} point={point} around={first} onChange={onChange} />}
    </div>
  );
}
