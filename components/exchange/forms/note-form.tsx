"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { noteShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";

/** Writes into the thread; the field empties once the note is there. */
export function NoteForm({ community, exchangeId }: { community: string; exchangeId: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const note = useNewId();
  const sent = useFormMutation(trpc.exchange.note.mutationOptions(), { newId: note });
  const { send, pending, sentence, fields, saved } = sent;
  return (
    <Form
      sentence={sentence}
      savedAt={saved && `/${community}/exchanges/${exchangeId}`}
      empties={sent}
      onSend={(data) =>
        send({ community, exchangeId, id: note.id(), ...readForm(noteShape, data) })
      }
    >
      <TextArea name="text" label={t("writeNote")} rows={2} error={fields.text} />
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("sending")}>
          {t("sendNote")}
        </Button>
      </Actions>
    </Form>
  );
}
