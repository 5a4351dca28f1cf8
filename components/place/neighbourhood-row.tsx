"use client";

import { useEffect, useRef, useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";
import { ListRow } from "@/components/ui/list";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { readForm } from "@/domain/kernel/form";
import { textOfPoint } from "@/domain/place/coordinates";
import type { Point } from "@/domain/place/distance";
import type { MapTiles } from "@/domain/place/map";
import type { Neighbourhood } from "@/domain/place/neighbourhood";
import { neighbourhoodShape } from "@/domain/place/schema";
import { NeighbourhoodFields } from "./neighbourhood-fields";

type RowProps = { community: string; neighbourhood: Neighbourhood; map: MapTiles | null };

/** A neighbourhood, which can be changed in place or deleted. */
export function NeighbourhoodRow(props: RowProps) {
  const t = useTranslations("neighbourhoodForm");
  const [isChanging, setChanging] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);
  // Returns the focus to the button that opened the form.
  useEffect(() => {
    if (wasChanging.current && !isChanging) change.current?.focus();
    wasChanging.current = isChanging;
  }, [isChanging]);
  const { community, neighbourhood } = props;
  const { id, name, point } = neighbourhood;
  if (isChanging) {
    return (
      <li className="p-4 sm:p-5">
        <ChangeForm {...props} onDone={() => setChanging(false)} />
      </li>
    );
  }
  return (
    <ListRow
      title={name}
      detail={<bdi dir="ltr">{textOfPoint(point)}</bdi>}
      actions={
        <>
          <Button ref={change} variant="secondary" onClick={() => setChanging(true)}>
            {t("change")} <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
          <Remove community={community} id={id} name={name} />
        </>
      }
    />
  );
}

function ChangeForm({
  community,
  neighbourhood: { id, name, point: known },
  map,
  onDone,
}: RowProps & { onDone: () => void }) {
  const t = useTranslations("neighbourhoodForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const [point, setPoint] = useState<Point | null>(known);
  const [isMissing, setMissing] = useState(false);
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.neighbourhood.update.mutationOptions(),
    {
      done: onDone,
    },
  );
  return (
    <Form
      sentence={isMissing ? t("pointMissing") : sentence}
      onSend={(data) => {
        setMissing(!point);
        if (point) send({ ...readForm(neighbourhoodShape, data), community, id, point });
      }}
    >
      <NeighbourhoodFields
        name={name}
        point={point}
        onPoint={setPoint}
        map={map}
        around={[known]}
        errors={{ name: fields.name, point: isMissing && !point ? t("pointMissing") : undefined }}
      />
      <p className="text-sm text-ink-soft">{t("changeHint")}</p>
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          {form("cancel")}
        </Button>
      </Actions>
    </Form>
  );
}

function Remove({ community, id, name }: { community: string; id: string; name: string }) {
  const t = useTranslations("neighbourhoodForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.neighbourhood.remove.mutationOptions());
  return (
    <>
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <ConfirmButton
        variant="secondary"
        question={t("removeQuestion", { name })}
        confirmLabel={t("removeSend")}
        cancelLabel={t("keep")}
        pending={pending}
        pendingLabel={form("sending")}
        onConfirm={() => send({ community, id })}
      >
        {t("remove")} <VisuallyHidden>{name}</VisuallyHidden>
      </ConfirmButton>
    </>
  );
}
