"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Select } from "@/components/ui/select";
import { TimeInput } from "@/components/ui/time-input";
import {
  DAY_MINUTES,
  endingAt,
  minuteOf,
  timeOf,
  type WeekWindow,
} from "@/domain/availability/availability";
import { weekShape } from "@/domain/availability/schema";
import { getText, readForm } from "@/domain/kernel/form";
import { type Weekday, weekdays } from "@/domain/kernel/weekdays";

const TRAVEL = [15, 30, 45, 60, 90];

/** The windows in the form. A half-filled line is sent as it is, and refused by the server. */
export function readWeek(data: FormData): WeekWindow[] {
  const week: WeekWindow[] = [];
  for (const weekday of weekdays) {
    for (const part of [1, 2]) {
      const from = getText(data, `from${weekday}-${part}`);
      const to = getText(data, `to${weekday}-${part}`);
      if (from || to) {
        const starts = minuteOf(from || "00:00");
        week.push({ weekday, starts, ends: to ? endingAt(starts, to) : 0 });
      }
    }
  }
  return week;
}

/** The usual week: up to MAX_WINDOWS_PER_DAY windows for each day. */
export function WeekForm({
  community,
  week,
  travelMinutes,
  days,
}: {
  community: string;
  week: readonly WeekWindow[];
  travelMinutes: number;
  /** Weekdays in the order of the reader's week. */
  days: readonly { weekday: Weekday; name: string }[];
}) {
  const t = useTranslations("availabilityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields, answer } = useFormMutation(
    trpc.availability.saveWeek.mutationOptions(),
  );
  const isSaved = answer !== undefined && !sentence;
  return (
    <Form
      sentence={sentence}
      onSend={(data) => send({ ...readForm(weekShape, data), community, week: readWeek(data) })}
    >
      {isSaved && <FormMessage tone="good">{t("saved")}</FormMessage>}
      {days.map(({ weekday, name: day }) => {
        const windows = week.filter((window) => window.weekday === weekday);
        const line = (part: 1 | 2) => {
          const window = windows[part - 1];
          const name = `${weekday}-${part}`;
          return (
            <div className="grid grid-cols-2 gap-3">
              <TimeInput
                name={`from${name}`}
                label={t("fromShort")}
                aria-label={t(part === 1 ? "from" : "againFrom", { day })}
                step={900}
                defaultValue={window ? timeOf(window.starts) : ""}
              />
              <TimeInput
                name={`to${name}`}
                label={t("toShort")}
                aria-label={t(part === 1 ? "to" : "againTo", { day })}
                step={900}
                defaultValue={window ? timeOf(window.ends % DAY_MINUTES) : ""}
              />
            </div>
          );
        };
        const error = fields[`day${weekday}`];
        return (
          <fieldset key={day} className="grid min-w-0 gap-2 border-t border-line pt-4">
            <legend className="float-start font-semibold first-letter:uppercase">{day}</legend>
            {line(1)}
            <Disclosure summary={t("second")} open={windows.length > 1}>
              <div className="-mx-2">{line(2)}</div>
            </Disclosure>
            <FieldError id={`day${weekday}`}>{error}</FieldError>
          </fieldset>
        );
      })}
      <Select
        name="travelMinutes"
        label={t("travel")}
        hint={t("travelHint")}
        options={[
          { value: "0", label: t("travelNone") },
          ...TRAVEL.map((minutes) => ({
            value: String(minutes),
            label: t("travelMinutes", { minutes }),
          })),
        ]}
        defaultValue={String(travelMinutes)}
        error={fields.travelMinutes}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {t("save")}
        </Button>
      </Actions>
    </Form>
  );
}
