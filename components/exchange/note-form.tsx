"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, textOf } from "@/components/form/form";
import { useNewId } from "@/components/form/use-new-id";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";

/** Writes into the thread; the field empties once the note is there. */
export function NoteForm({ community, exchangeId }: { community: string; exchangeId: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const note = useNewId();
  const [written, setWritten] = useState(0);
  const { send, pending, sentence, fields } = useSend(trpc.exchange.note.mutationOptions(), {
    done: () => {
      note.renew();
      setWritten((count) => count + 1);
    },
  });
  return (
    <Form
      sentence={sentence}
      onSend={(data) => send({ community, exchangeId, id: note.id(), text: textOf(data, "text") })}
    >
      <TextArea key={written} name="text" label={t("writeNote")} rows={2} error={fields.text} />
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("sending")}>
          {t("sendNote")}
        </Button>
      </Actions>
    </Form>
  );
}
