"use client";

import { Folding } from "@/components/form/folding";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";
import { TextArea } from "@/components/ui/text-area";
import { readForm } from "@/domain/kernel/form";
import { privateMessageShape, thanksShape } from "@/domain/thanks/schema";

type Props = {
  community: string;
  exchangeId: string;
  /** The other side. */
  name: string;
  /** What the member wrote before. */
  before: string | null;
};

/** Writes public thanks to the other side, and later changes or deletes them. */
export function ThanksForm({ community, exchangeId, name, before }: Props) {
  const t = useTranslations("thanksForm");
  const trpc = useTRPC();
  const written = useFormMutation(trpc.thanks.write.mutationOptions());
  const taken = useFormMutation(trpc.thanks.withdraw.mutationOptions());
  const form = (
    <Form
      sentence={taken.sentence ?? written.sentence}
      onSend={(data) => written.send({ community, exchangeId, ...readForm(thanksShape, data) })}
    >
      <TextArea
        // Shows what was saved, which may have been changed or deleted elsewhere.
        key={before}
        name="text"
        label={t("thanks", { name })}
        hint={t("thanksHint", { name })}
        rows={3}
        defaultValue={before ?? ""}
        error={written.fields.text}
      />
      <Actions>
        <Button
          type="submit"
          variant={before === null ? "primary" : "secondary"}
          pending={written.pending}
          pendingLabel={t("sending")}
        >
          {before === null ? t("thanksSend") : t("thanksChange")}
        </Button>
        {before !== null && (
          <ConfirmButton
            variant="quiet"
            question={t("takeBackQuestion", { name })}
            confirmLabel={t("takeBackSend")}
            cancelLabel={t("back")}
            pending={taken.pending}
            pendingLabel={t("sending")}
            onConfirm={() => taken.send({ community, exchangeId })}
          >
            {t("takeBack")}
          </ConfirmButton>
        )}
      </Actions>
    </Form>
  );
  if (before === null) return form;
  return (
    <Folding sent={written} summary={t("thanksEdit")}>
      {form}
    </Folding>
  );
}

/** Writes a private message to the coordinators. */
export function PrivateWordForm({ community, exchangeId, name, before }: Props) {
  const t = useTranslations("thanksForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.thanks.shareWithCoordinators.mutationOptions());
  const { send, pending, sentence, fields, times } = sent;
  const fold = (
    <Folding sent={sent} summary={before === null ? t("word") : t("wordEdit")}>
      <Form
        sentence={sentence}
        onSend={(data) => send({ community, exchangeId, ...readForm(privateMessageShape, data) })}
      >
        <TextArea
          key={before}
          name="text"
          label={t("wordLabel")}
          hint={t("wordHint", { name })}
          rows={3}
          defaultValue={before ?? ""}
          error={fields.text}
        />
        <Actions>
          <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("sending")}>
            {before === null ? t("wordSend") : t("wordChange")}
          </Button>
        </Actions>
      </Form>
    </Folding>
  );
  return (
    <div className="grid gap-3">
      {fold}
      {times > 0 && !pending && !sentence && <FormMessage tone="good">{t("wordSent")}</FormMessage>}
    </div>
  );
}
