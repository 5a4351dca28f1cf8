"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { type Choice, Select } from "@/components/ui/select";
import { readForm } from "@/domain/kernel/form";
import { readerShape } from "@/domain/kernel/input";
import { clocks } from "@/domain/kernel/region";

/** Which clock I read and on which day my weeks begin, where that differs from my community. */
export function DatesForm({
  chosen,
  examples,
  days,
}: {
  chosen: { clock: string | null; firstDay: number | null };
  /** A time in the afternoon by each clock. */
  examples: { h23: string; h12: string };
  days: readonly Choice[];
}) {
  const t = useTranslations("authForm.dates");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields, answer } = useFormMutation(
    trpc.person.chooseDates.mutationOptions(),
  );
  const isSaved = answer !== undefined && !sentence && !pending;
  return (
    <Form sentence={sentence} onSend={(data) => send(readForm(readerShape, data))}>
      {isSaved && <FormMessage tone="good">{form("saved")}</FormMessage>}
      <div className="grid gap-6 sm:grid-cols-2">
        <Select
          name="clock"
          label={t("clock")}
          placeholder={t("sameClock")}
          options={clocks.map((value) => ({
            value,
            label: t(value, { example: examples[value] }),
          }))}
          defaultValue={chosen.clock ?? ""}
          error={fields.clock}
        />
        <Select
          name="firstDay"
          label={t("firstDay")}
          placeholder={t("sameDay")}
          options={days}
          defaultValue={chosen.firstDay ?? ""}
          error={fields.firstDay}
        />
      </div>
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
      </Actions>
    </Form>
  );
}
