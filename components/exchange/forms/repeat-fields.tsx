"use client";

import { useFormatter } from "next-intl";
import { useState } from "react";
import { useTranslations } from "@/components/translations";
import { Select } from "@/components/ui/select";
import {
  MAX_REPEATS,
  type MonthlyKind,
  monthlyKinds,
  monthlyOf,
  type Repeat,
  repeatDays,
} from "@/domain/exchange/repeat";
import { getText } from "@/domain/kernel/form";
import { slotDayText, weekdayText } from "../../format/slots";

const WEEKS = [1, 2, 3, 4, 6, 8];
const TIMES = Array.from({ length: MAX_REPEATS - 1 }, (_, index) => index + 2);
const USUAL_TIMES = "6";
const MONTH_WORDS: Record<MonthlyKind, "monthDate" | "monthWeekday" | "monthLast"> = {
  date: "monthDate",
  weekday: "monthWeekday",
  last: "monthLast",
};

/** How it repeats: a number of weeks, or a way of the month. */
function repeatOf(how: string, times: number): Repeat | undefined {
  const on = monthlyKinds.find((kind) => kind === how);
  if (on) return { months: 1, on, times };
  return Number(how) > 0 ? { weeks: Number(how), times } : undefined;
}

/** Whether it repeats, as it stands in a form; nothing when it happens once. */
export function readRepeat(data: FormData): { repeat?: Repeat } {
  const repeat = repeatOf(getText(data, "repeat"), Number(getText(data, "repeatTimes")));
  return repeat ? { repeat } : {};
}

/**
 * Once, every few weeks, or every month; with the days that follow from it.
 * @param date on which it happens first; "" while there is none
 */
export function RepeatFields({ date }: { date: string }) {
  const t = useTranslations("exchangeForm.repeat");
  const format = useFormatter();
  const [how, setHow] = useState("");
  const [times, setTimes] = useState(USUAL_TIMES);
  const month = monthlyOf(date);
  const monthly = (month?.kinds ?? []).map((kind) => ({
    value: kind as string,
    label: t(MONTH_WORDS[kind], {
      day: month?.day ?? 0,
      nth: String(month?.nth),
      weekday: weekdayText(format, month?.weekday ?? 1),
    }),
  }));
  // Another day may not be the last of its kind.
  const isThere = Number(how) > 0 || monthly.some(({ value }) => value === how);
  const repeat = month && isThere ? repeatOf(how, Number(times)) : undefined;
  return (
    <div className="grid gap-2">
      <div className="grid gap-6 sm:grid-cols-2">
        <Select
          name="repeat"
          label={t("label")}
          options={[
            { value: "", label: t("once") },
            ...WEEKS.map((each) => ({ value: String(each), label: t("weeks", { weeks: each }) })),
            ...monthly,
          ]}
          value={isThere ? how : ""}
          onChange={({ target }) => setHow(target.value)}
        />
        {isThere && (
          <Select
            name="repeatTimes"
            label={t("times")}
            options={TIMES.map((each) => ({ value: String(each), label: String(each) }))}
            value={times}
            onChange={({ target }) => setTimes(target.value)}
          />
        )}
      </div>
      {repeat && (
        <p className="text-ink-soft" aria-live="polite">
          {t("dates", {
            dates: format.list(repeatDays(date, repeat).map((day) => slotDayText(format, day))),
          })}
        </p>
      )}
    </div>
  );
}
