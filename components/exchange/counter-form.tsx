"use client";

import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import type { ExchangeRef, Side } from "./exchange";
import { MoveButton, MoveForm } from "./move-form";
import type { SlotTime } from "./slots";
import { type TermsDraft, TermsFields, termsIn } from "./terms-fields";

/** Another time, length or place; then it is the other person's turn. */
export function CounterForm({
  exchange,
  iAm,
  name,
  ...terms
}: {
  exchange: ExchangeRef;
  iAm: Side;
  name: string;
  draft: TermsDraft;
  today: string;
  granularity: number;
  slots: readonly SlotTime[] | null;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.counter.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("counter")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...termsIn(data, iAm) })}
      >
        <TermsFields
          {...terms}
          name={name}
          fields={sent.fields}
          slotsTitle={iAm === "giver" ? t("slots.mine") : t("slots.title", { name })}
        />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("counterSend", { name })}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}
