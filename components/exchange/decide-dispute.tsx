"use client";

import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { MinutesInput } from "@/components/ui/minutes-input";
import type { ExchangeRef } from "./exchange";
import { MoveButton, MoveForm } from "./move-form";
import { NeededReasonField } from "./reason-field";

/** A coordinator moves the hours that they find right. */
export function AwardForm({
  exchange,
  giver,
  receiver,
  minutes,
  granularity,
}: {
  exchange: ExchangeRef;
  giver: string;
  receiver: string;
  minutes: number;
  granularity: number;
}) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.award.mutationOptions());
  return (
    <MoveForm
      version={exchange.version}
      sent={sent}
      onSend={(data) =>
        sent.send({
          ...exchange,
          minutes: Number(textOf(data, "minutes")),
          reason: textOf(data, "reason"),
        })
      }
    >
      <MinutesInput
        key={minutes}
        name="minutes"
        label={t("award")}
        hint={t("awardHint", { giver, receiver })}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        defaultMinutes={minutes}
        error={sent.fields.minutes}
      />
      <NeededReasonField error={sent.fields.reason} />
      <MoveButton sent={sent} variant="primary" pendingLabel={t("sending")}>
        {t("awardSend")}
      </MoveButton>
    </MoveForm>
  );
}

/** A coordinator ends it without moving hours. */
export function AnnulForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.annul.mutationOptions());
  return (
    <Disclosure summary={t("annul")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, reason: textOf(data, "reason") })}
      >
        <NeededReasonField error={sent.fields.reason} />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("annulSend")}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}
