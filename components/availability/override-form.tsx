"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { TimeInput } from "@/components/ui/time-input";
import { endingAt, minuteOf } from "@/domain/availability/availability";
import { overrideShape } from "@/domain/availability/schema";
import { getText, readForm } from "@/domain/kernel/form";

/** Adds an override of the usual week. */
export function OverrideForm({ community, today }: { community: string; today: string }) {
  const t = useTranslations("availabilityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const fresh = useNewId();
  const [kind, setKind] = useState<"away" | "only">("away");
  const sent = useFormMutation(trpc.availability.addOverride.mutationOptions(), {
    newId: fresh,
    done: () => setKind("away"),
  });
  const { send, pending, sentence, fields } = sent;
  const timesIn = (data: FormData) => {
    if (kind === "away") return { starts: null, ends: null };
    const starts = minuteOf(getText(data, "starts"));
    return { starts, ends: endingAt(starts, getText(data, "ends")) };
  };
  return (
    <Form
      sentence={sentence}
      empties={sent}
      onSend={(data) => {
        const days = readForm(overrideShape, data);
        const lastDay = days.lastDay || days.firstDay;
        send({ ...days, lastDay, ...timesIn(data), community, id: fresh.id() });
      }}
    >
      <div className="grid items-start gap-6 sm:grid-cols-2">
        <DateInput name="firstDay" label={t("firstDay")} min={today} error={fields.firstDay} />
        <DateInput
          name="lastDay"
          label={t("lastDay")}
          hint={t("lastDayHint")}
          optional={form("optional")}
          min={today}
          error={fields.lastDay}
        />
      </div>
      <RadioCards<"away" | "only">
        name="kind"
        label={t("kind")}
        columns={2}
        options={[
          { value: "away", label: t("kindAway") },
          { value: "only", label: t("kindOnly") },
        ]}
        value={kind}
        onChange={setKind}
      />
      {kind === "only" && (
        <div className="grid gap-6 sm:grid-cols-2">
          <TimeInput
            name="starts"
            label={t("fromShort")}
            step={900}
            defaultValue="09:00"
            error={fields.starts}
          />
          <TimeInput
            name="ends"
            label={t("toShort")}
            step={900}
            defaultValue="12:00"
            error={fields.ends}
          />
        </div>
      )}
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {t("add")}
        </Button>
      </Actions>
    </Form>
  );
}
