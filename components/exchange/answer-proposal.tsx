"use client";

import { useTranslations } from "next-intl";
import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import type { ExchangeRef } from "./exchange";
import { MoveForm } from "./move-form";
import { ReasonField } from "./reason-field";

/** Yes to the standing proposal. */
export function AgreeForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.agree.mutationOptions());
  return (
    <MoveForm version={exchange.version} sent={sent} onSend={() => sent.send(exchange)}>
      <Actions>
        <Button type="submit" pending={sent.pending} pendingLabel={t("agreeing")}>
          {t("agree")}
        </Button>
      </Actions>
    </MoveForm>
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
        <Actions>
          <Button
            type="submit"
            variant="secondary"
            pending={sent.pending}
            pendingLabel={t("sending")}
          >
            {t("declineSend")}
          </Button>
        </Actions>
      </MoveForm>
    </Disclosure>
  );
}
