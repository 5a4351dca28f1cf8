"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { rescheduleShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { SlotTime } from "../../format/slots";
import type { ExchangeRef, Side } from "../exchange";
import { ReasonField } from "./reason-field";
import { WhenFields } from "./terms-fields";
import { SimpleTransition, SubmitButton, TransitionForm } from "./transition-form";

/** Asks for another time of what is agreed. */
export function RescheduleForm({
  exchange,
  mySide,
  name,
  draft,
  today,
  slots,
}: {
  exchange: ExchangeRef;
  mySide: Side;
  name: string;
  draft: SlotTime;
  today: string;
  slots: readonly SlotTime[] | null;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.requestReschedule.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("reschedule")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(rescheduleShape, data) })}
      >
        <p>{t("rescheduleLead", { name })}</p>
        <WhenFields
          draft={draft}
          today={today}
          fields={sent.fields}
          slots={slots}
          slotsTitle={mySide === "giver" ? t("slots.mine") : t("slots.title", { name })}
        />
        <ReasonField name={name} error={sent.fields.reason} />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("rescheduleSend", { name })}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}

/** Consents to the other time. */
export function AcceptRescheduleForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.acceptReschedule.mutationOptions());
  return (
    <SimpleTransition
      exchange={exchange}
      sent={sent}
      variant="primary"
      pendingLabel={t("agreeing")}
    >
      {t("rescheduleAccept")}
    </SimpleTransition>
  );
}

/** Leaves it at what was agreed. */
export function CancelRescheduleForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.cancelReschedule.mutationOptions());
  return (
    <SimpleTransition exchange={exchange} sent={sent} pendingLabel={t("sending")}>
      {t("rescheduleDrop")}
    </SimpleTransition>
  );
}
