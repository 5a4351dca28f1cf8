"use client";

import { useEffect, useRef } from "react";
import { Form, textOf } from "@/components/form/form";
import { useNewId } from "@/components/form/use-new-id";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";

/** Writes into the thread; the field empties once the note is there. */
export function NoteForm({ community, exchangeId }: { community: string; exchangeId: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const note = useNewId();
  const sent = useSend(trpc.exchange.note.mutationOptions(), { newId: note });
  const { send, pending, sentence, fields, saved, times } = sent;
  const box = useRef<HTMLDivElement>(null);
  // The button was disabled while the note was under way: the focus goes on in the empty field.
  useEffect(() => {
    if (times > 0 && !pending) box.current?.querySelector("textarea")?.focus();
  }, [times, pending]);
  return (
    <Form
      sentence={sentence}
      savedAt={saved && `/${community}/exchanges/${exchangeId}`}
      onSend={(data) => send({ community, exchangeId, id: note.id(), text: textOf(data, "text") })}
    >
      <div ref={box}>
        <TextArea key={times} name="text" label={t("writeNote")} rows={2} error={fields.text} />
      </div>
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("sending")}>
          {t("sendNote")}
        </Button>
      </Actions>
    </Form>
  );
}
