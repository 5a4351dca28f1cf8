"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Actions, Button } from "@/components/ui/button";
import { FieldGroup } from "@/components/ui/field";
import { coarseFromDegrees, type Point } from "@/server/domain/distance";

/** Milliseconds that a browser may look for the place. */
const PATIENCE = 20_000;

/** Where about I live: found by the browser, and rounded before it leaves this page. */
export function PointField({
  point,
  known,
  onChange,
}: {
  point: Point | null;
  /** What is saved already. */
  known: Point | null;
  onChange: (point: Point | null) => void;
}) {
  const t = useTranslations("memberForm");
  const form = useTranslations("form");
  const id = useId();
  const [state, setState] = useState<"still" | "finding" | "refused">("still");
  const find = () => {
    if (!("geolocation" in navigator)) return setState("refused");
    setState("finding");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("still");
        onChange(coarseFromDegrees(coords.latitude, coords.longitude));
      },
      () => setState("refused"),
      { enableHighAccuracy: false, timeout: PATIENCE, maximumAge: 3_600_000 },
    );
  };
  const isNew = point !== null && point !== known;
  return (
    <FieldGroup
      id={id}
      label={t("point")}
      hint={t("pointHint")}
      optional={form("optional")}
      error={state === "refused" && t("pointRefused")}
    >
      <p role="status">{t(isNew ? "pointNew" : point ? "pointSet" : "pointNone")}</p>
      <Actions>
        <Button
          variant="secondary"
          onClick={find}
          pending={state === "finding"}
          pendingLabel={t("pointFinding")}
        >
          {t("pointHere")}
        </Button>
        {point && (
          <Button variant="quiet" onClick={() => onChange(null)}>
            {t("pointClear")}
          </Button>
        )}
      </Actions>
    </FieldGroup>
  );
}
