"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { textOf } from "@/components/form/form";
import { Select } from "@/components/ui/select";
import { MOST_REPEATS } from "@/server/domain/availability";

/** Whether it repeats, as it stands in a form; nothing when it happens once. */
export function repeatIn(data: FormData): { repeat?: { weeks: number; times: number } } {
  const weeks = Number(textOf(data, "repeatWeeks"));
  return weeks > 0 ? { repeat: { weeks, times: Number(textOf(data, "repeatTimes")) } } : {};
}

const WEEKS = [1, 2, 4];
const TIMES = Array.from({ length: MOST_REPEATS - 1 }, (_, index) => index + 2);

/** Once, or every so many weeks. */
export function RepeatFields() {
  const t = useTranslations("exchangeForm.repeat");
  const [weeks, setWeeks] = useState("");
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <Select
        name="repeatWeeks"
        label={t("label")}
        options={[
          { value: "", label: t("once") },
          ...WEEKS.map((each) => ({ value: String(each), label: t("weeks", { weeks: each }) })),
        ]}
        value={weeks}
        onChange={({ target }) => setWeeks(target.value)}
      />
      {weeks && (
        <Select
          name="repeatTimes"
          label={t("times")}
          options={TIMES.map((each) => ({ value: String(each), label: String(each) }))}
          defaultValue="6"
        />
      )}
    </div>
  );
}
