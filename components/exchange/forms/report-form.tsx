"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { MinutesInput } from "@/components/ui/minutes-input";
import { reportShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef, Side } from "../exchange";
import { SubmitButton, TransitionForm } from "./transition-form";

type ReportProps = {
  exchange: ExchangeRef;
  mySide: Side;
  name: string;
  minutes: number;
  granularity: number;
  /** `due` is the one thing to do; before the time, or to correct a report, it is folded away. */
  mode: "due" | "early" | "correct";
};

/** How long the help really took. */
export function ReportForm({ exchange, mySide, name, minutes, granularity, mode }: ReportProps) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.report.mutationOptions());
  const fields = (
    <TransitionForm
      version={exchange.version}
      sent={sent}
      onSend={(data) => sent.send({ ...exchange, ...readForm(reportShape, data) })}
    >
      <MinutesInput
        key={minutes}
        name="minutes"
        label={t("report")}
        hint={t(mySide === "giver" ? "reportHintGiver" : "reportHintReceiver", { name })}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        defaultMinutes={minutes}
        error={sent.fields.minutes}
      />
      <SubmitButton
        sent={sent}
        variant={mode === "due" ? "primary" : "secondary"}
        pendingLabel={t("reporting")}
      >
        {t("reportSend")}
      </SubmitButton>
    </TransitionForm>
  );
  if (mode === "due") return fields;
  return (
    // Once it is sent, it folds away.
    <Disclosure key={sent.times} summary={t(mode === "early" ? "reportEarly" : "reportCorrect")}>
      {fields}
    </Disclosure>
  );
}
