"use client";

import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import type { ExchangeRef, Side } from "./exchange";
import { MoveButton, MoveForm, PlainMove } from "./move-form";
import { ReasonField } from "./reason-field";
import type { SlotTime } from "./slots";
import { WhenFields } from "./terms-fields";

/** Asks for another time of what is agreed. */
export function RescheduleForm({
  exchange,
  iAm,
  name,
  draft,
  today,
  slots,
}: {
  exchange: ExchangeRef;
  iAm: Side;
  name: string;
  draft: SlotTime;
  today: string;
  slots: readonly SlotTime[] | null;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.askReschedule.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("reschedule")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) =>
          sent.send({
            ...exchange,
            date: textOf(data, "date"),
            time: textOf(data, "time"),
            reason: textOf(data, "reason"),
          })
        }
      >
        <p>{t("rescheduleLead", { name })}</p>
        <WhenFields
          draft={draft}
          today={today}
          fields={sent.fields}
          slots={slots}
          slotsTitle={iAm === "giver" ? t("slots.mine") : t("slots.title", { name })}
        />
        <ReasonField name={name} error={sent.fields.reason} />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("rescheduleSend", { name })}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}

/** Consents to the other time. */
export function AcceptRescheduleForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.acceptReschedule.mutationOptions());
  return (
    <PlainMove exchange={exchange} sent={sent} variant="primary" pendingLabel={t("agreeing")}>
      {t("rescheduleAccept")}
    </PlainMove>
  );
}

/** Leaves it at what was agreed. */
export function DropRescheduleForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.dropReschedule.mutationOptions());
  return (
    <PlainMove exchange={exchange} sent={sent} pendingLabel={t("sending")}>
      {t("rescheduleDrop")}
    </PlainMove>
  );
}
