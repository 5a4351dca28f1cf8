"use client";

import { useTranslations } from "next-intl";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import type { ExchangeRef, Side } from "./exchange";
import { MoveForm } from "./move-form";
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
    <Disclosure summary={t("counter")}>
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
        <Actions>
          <Button
            type="submit"
            variant="secondary"
            pending={sent.pending}
            pendingLabel={t("sending")}
          >
            {t("counterSend", { name })}
          </Button>
        </Actions>
      </MoveForm>
    </Disclosure>
  );
}
