"use client";

import { useState } from "react";
import { PointField } from "@/components/member/point-field";
import { useTranslations } from "@/components/translations";
import { TextInput } from "@/components/ui/text-input";
import { pointFromText, textOfPoint } from "@/domain/place/coordinates";
import type { Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";

/** A neighbourhood's name and its centre: typed, pressed on the map, or the present location. */
export function NeighbourhoodFields({
  name = "",
  point,
  onPoint,
  map,
  around,
  errors,
}: {
  name?: string;
  point: Point | null;
  onPoint: (point: Point | null) => void;
  map: MapTiles | null;
  around: readonly Point[];
  errors: { name?: string | undefined; point?: string | undefined };
}) {
  const t = useTranslations("neighbourhoodForm");
  const [typed, setTyped] = useState(point ? textOfPoint(point) : "");
  const set = (next: Point | null) => {
    setTyped(next ? textOfPoint(next) : "");
    onPoint(next);
  };
  const isUnread = typed.trim() !== "" && !point;
  return (
    <>
      <TextInput
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        defaultValue={name}
        autoComplete="off"
        error={errors.name}
      />
      <PointField
        label={t("point")}
        hint={t("pointHint")}
        error={errors.point}
        status={t(point ? "pointSet" : isUnread ? "pointUnread" : "pointNone")}
        point={point}
        onChange={set}
        map={map}
        around={around}
      >
        <TextInput
          label={t("coordinates")}
          hint={t("coordinatesHint")}
          dir="ltr"
          autoComplete="off"
          maxLength={100}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            onPoint(pointFromText(target.value));
          }}
        />
      </PointField>
    </>
  );
}
