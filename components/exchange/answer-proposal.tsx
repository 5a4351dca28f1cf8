"use client";

import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import type { ExchangeRef } from "./exchange";
import { MoveButton, MoveForm, PlainMove } from "./move-form";
import { ReasonField } from "./reason-field";

/** Yes to the standing proposal. */
export function AgreeForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.agree.mutationOptions());
  return (
    <PlainMove exchange={exchange} sent={sent} variant="primary" pendingLabel={t("agreeing")}>
      {t("agree")}
    </PlainMove>
  );
}

/** Not this time, with a word of why for who wants to give one. */
export function DeclineForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.decline.mutationOptions());
  return (
    <Disclosure summary={t("decline")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, reason: textOf(data, "reason") })}
      >
        <ReasonField name={name} error={sent.fields.reason} />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("declineSend")}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}
