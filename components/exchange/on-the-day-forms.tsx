"use client";

import { textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { RadioCards } from "@/components/ui/radio-cards";
import { missCauses } from "@/server/domain/exchange";
import type { ExchangeRef } from "./exchange";
import { MoveButton, MoveForm } from "./move-form";
import { ReasonField } from "./reason-field";

const LATE = [10, 20, 30, 60] as const;

/** Tells the other side that one is late. */
export function LateForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.tellLate.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("late")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, minutes: Number(textOf(data, "late")) })}
      >
        <RadioCards
          name="late"
          label={t("lateHow")}
          columns={2}
          options={LATE.map((minutes) => ({
            value: String(minutes),
            label: t("lateMinutes", { minutes }),
          }))}
          defaultValue="10"
          error={sent.fields.minutes}
        />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("lateSend", { name })}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}

/** Agreed help that did not happen: why, and nobody's fault. */
export function MissForm({
  exchange,
  name,
  causes,
}: {
  exchange: ExchangeRef;
  name: string;
  causes: Record<(typeof missCauses)[number], string>;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useSend(trpc.exchange.miss.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("miss")}>
      <MoveForm
        version={exchange.version}
        sent={sent}
        onSend={(data) =>
          sent.send({
            ...exchange,
            cause: missCauses.find((each) => each === textOf(data, "cause")) ?? "other",
            reason: textOf(data, "reason"),
          })
        }
      >
        <p>{t("missLead")}</p>
        <RadioCards
          name="cause"
          label={t("missCause")}
          options={missCauses.map((value) => ({ value, label: causes[value] }))}
          defaultValue="other"
          error={sent.fields.cause}
        />
        <ReasonField name={name} error={sent.fields.reason} />
        <MoveButton sent={sent} pendingLabel={t("sending")}>
          {t("missSend")}
        </MoveButton>
      </MoveForm>
    </Disclosure>
  );
}
