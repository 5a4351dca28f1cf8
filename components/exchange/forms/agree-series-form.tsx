"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";

type Waiting = { id: string; version: number; day: string };

/** Yes to all that still waits of a series; what stands against one of them is said, and the rest is agreed. */
export function AgreeSeriesForm({
  community,
  waiting,
}: {
  community: string;
  waiting: readonly Waiting[];
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.agreeSeries.mutationOptions());
  const dayOf = (id: string) => waiting.find((each) => each.id === id)?.day ?? "";
  return (
    <Form
      sentence={sent.sentence}
      onSend={() =>
        sent.send({ community, seen: waiting.map(({ id, version }) => ({ id, version })) })
      }
    >
      {sent.answer && (
        <FormMessage
          tone={sent.answer.refused.length > 0 ? "note" : "good"}
          title={t("seriesAgreed", { count: sent.answer.agreed.length })}
        >
          {sent.answer.refused.map(({ id, sentence }) => (
            <p key={id}>{t("seriesRefused", { day: dayOf(id), sentence })}</p>
          ))}
        </FormMessage>
      )}
      <Actions>
        <Button type="submit" pending={sent.pending} pendingLabel={t("agreeing")}>
          {t("agreeSeries", { count: waiting.length })}
        </Button>
      </Actions>
    </Form>
  );
}
