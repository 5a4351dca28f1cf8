"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { readForm } from "@/domain/kernel/form";
import type { Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";
import { neighbourhoodShape } from "@/domain/place/schema";
import { NeighbourhoodFields } from "./neighbourhood-fields";

/** Adds a neighbourhood. */
export function AddNeighbourhood({
  community,
  map,
  around,
}: {
  community: string;
  map: MapTiles | null;
  /** The initial centre of the map. */
  around: readonly Point[];
}) {
  const t = useTranslations("neighbourhoodForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const fresh = useNewId();
  const [point, setPoint] = useState<Point | null>(null);
  const [isMissing, setMissing] = useState(false);
  const sent = useFormMutation(trpc.neighbourhood.add.mutationOptions(), {
    newId: fresh,
    done: () => setPoint(null),
  });
  const { send, pending, sentence, fields } = sent;
  return (
    <Form
      sentence={isMissing ? t("pointMissing") : sentence}
      empties={sent}
      onSend={(data) => {
        setMissing(!point);
        if (point)
          send({ ...readForm(neighbourhoodShape, data), community, id: fresh.id(), point });
      }}
    >
      <NeighbourhoodFields
        point={point}
        onPoint={setPoint}
        map={map}
        around={around}
        errors={{ name: fields.name, point: isMissing && !point ? t("pointMissing") : undefined }}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {t("addSend")}
        </Button>
      </Actions>
    </Form>
  );
}
