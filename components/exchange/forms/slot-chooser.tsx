"use client";

import { useFormatter } from "next-intl";
import { useState } from "react";
import { useTranslations } from "@/components/translations";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { daysOf, type SlotTime, slotDayText, slotTimeText } from "../../format/slots";

/** Days that are shown before somebody asks for more. */
const FIRST_DAYS = 4;

/** The giver's free times as buttons; choosing one fills in date and time. */
export function SlotChooser({
  title,
  slots,
  chosen,
  onChoose,
}: {
  title: string;
  slots: readonly SlotTime[];
  chosen: SlotTime;
  onChoose: (slot: SlotTime) => void;
}) {
  const t = useTranslations("exchangeForm.slots");
  const format = useFormatter();
  const [isAll, setIsAll] = useState(false);
  const days = daysOf(slots);
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 font-semibold">{title}</legend>
      {days.length === 0 && <p className="text-ink-soft">{t("none")}</p>}
      {(isAll ? days : days.slice(0, FIRST_DAYS)).map(({ date, slots: times }) => (
        <div key={date} className="grid gap-1.5">
          <p className="text-sm text-ink-soft">{slotDayText(format, date)}</p>
          <ul className="flex flex-wrap gap-2">
            {times.map((slot) => {
              const isChosen = slot.date === chosen.date && slot.time === chosen.time;
              return (
                <li key={slot.time}>
                  <button
                    type="button"
                    aria-pressed={isChosen}
                    aria-label={t("choose", {
                      day: slotDayText(format, date),
                      time: slotTimeText(format, slot),
                    })}
                    onClick={() => onChoose(slot)}
                    className={classNames(
                      "min-h-11 min-w-16 rounded-full border-[1.5px] px-3.5 font-semibold tabular-nums transition-colors",
                      isChosen
                        ? "border-ink bg-lamp text-on-lamp ring-1 ring-ink"
                        : "border-edge bg-sheet hover:border-ink",
                    )}
                  >
                    {slotTimeText(format, slot)}
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      {!isAll && days.length > FIRST_DAYS && (
        <div>
          <Button variant="quiet" onClick={() => setIsAll(true)}>
            {t("more")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
