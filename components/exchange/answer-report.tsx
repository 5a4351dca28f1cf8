"use client";

import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { TextArea } from "@/components/ui/text-area";
import type { ExchangeRef } from "./exchange";
import { MoveButton, MoveForm, PlainMove } from "./move-form";

/** Yes, that is how long it took: the hours move. */
export function ConfirmForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.confirm.mutationOptions());
  return (
    <PlainMove exchange={exchange} sent={sent} variant="primary" pendingLabel={t("confirming")}>
      {t("confirm")}
    </PlainMove>
  );
}

/** No, it was different: a coordinator is asked to help. */
export function DisputeForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.dispute.mutationOptions());
  return (
    <Disclosure summary={t("dispute")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, reason: textOf(data, "reason") })}
      >
        <p>{t("disputeLead")}</p>
        <TextArea
          name="reason"
          rows={2}
          label={t("disputeReason")}
          hint={t("reasonHint", { name })}
          optional={form("optional")}
          error={sent.fields.reason}
        />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("disputeSend")}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}
