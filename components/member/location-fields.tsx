"use client";

import { useState } from "react";
import { useTranslations } from "@/components/translations";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { isSamePoint, type Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";
import { findByName, type Neighbourhood } from "@/domain/place/neighbourhood";
import { PointField } from "./point-field";

/** The option for another name; no neighbourhood has this id. */
const ELSEWHERE = "elsewhere";

/** A member's approximate location: a name, and a point from which distances are computed. */
export type MemberLocation = { neighbourhood: string; point: Point | null };

/**
 * My neighbourhood and my point. A neighbourhood of the community brings its own point; a member can also
 * enter another name, and can set their own point in either case.
 */
export function LocationFields({
  known,
  neighbourhoods,
  map,
  where,
  onChange,
  error,
}: {
  /** As saved. */
  known: MemberLocation;
  neighbourhoods: readonly Neighbourhood[];
  map: MapTiles | null;
  where: MemberLocation;
  onChange: (where: MemberLocation) => void;
  error: string | undefined;
}) {
  const t = useTranslations("memberForm");
  const named = useTranslations("neighbourhoodForm");
  const form = useTranslations("form");
  const mine = findByName(neighbourhoods, where.neighbourhood);
  const [isElsewhere, setElsewhere] = useState(where.neighbourhood !== "" && !mine);
  const { point } = where;

  const choose = (value: string) => {
    const chosen = neighbourhoods.find(({ id }) => id === value);
    setElsewhere(value === ELSEWHERE);
    // Replaces the point of the previous neighbourhood, but not a point that the member set.
    const own = mine && isSamePoint(point, mine.point) ? null : point;
    if (chosen) onChange({ neighbourhood: chosen.name, point: chosen.point });
    else onChange({ neighbourhood: "", point: own });
  };
  const setPoint = (next: Point | null) => onChange({ ...where, point: next });
  const isAtMine = mine !== undefined && isSamePoint(point, mine.point);
  const status = () => {
    if (!point) return t("pointNone");
    if (isAtMine) return named("pointOf", { name: mine.name });
    return t(isSamePoint(point, known.point) ? "pointSet" : "pointNew");
  };
  const text = (label: string) => (
    <TextInput
      name="neighbourhood"
      label={label}
      hint={t("neighbourhoodHint")}
      optional={form("optional")}
      value={where.neighbourhood}
      onChange={({ target }) => onChange({ ...where, neighbourhood: target.value })}
      error={error}
    />
  );
  return (
    <>
      {neighbourhoods.length === 0 ? (
        text(t("neighbourhood"))
      ) : (
        <>
          <Select
            label={named("mine")}
            hint={named("mineHint")}
            optional={form("optional")}
            placeholder={named("none")}
            options={[
              ...neighbourhoods.map(({ id, name }) => ({ value: id, label: name })),
              { value: ELSEWHERE, label: named("elsewhere") },
            ]}
            value={isElsewhere ? ELSEWHERE : (mine?.id ?? "")}
            onChange={({ target }) => choose(target.value)}
          />
          {isElsewhere && text(named("elsewhereName"))}
        </>
      )}
      <PointField
        label={t("point")}
        hint={map ? named("pointHintOnMap") : t("pointHint")}
        optional={form("optional")}
        status={status()}
        point={point}
        onChange={setPoint}
        map={map}
        around={neighbourhoods.map((each) => each.point)}
        ways={
          mine &&
          !isAtMine && (
            <Button variant="secondary" onClick={() => setPoint(mine.point)}>
              {named("useMiddle", { name: mine.name })}
            </Button>
          )
        }
      />
    </>
  );
}
