import type { useFormatter } from "next-intl";
import { deviceZone } from "@/domain/kernel/region";

/** Days by which a day of the week says which day it was. */
const A_WEEK = 6;

/** When something was seen on this device, by its own clock: a day and a time. */
export function seenWords(format: ReturnType<typeof useFormatter>, at: Date, now = new Date()) {
  const timeZone = deviceZone();
  const isRecent = now.getTime() - at.getTime() < A_WEEK * 86_400_000;
  const day = isRecent
    ? format.dateTime(at, { timeZone, weekday: "long" })
    : format.dateTime(at, { timeZone, weekday: "long", day: "numeric", month: "long" });
  const time = format.dateTime(at, { timeZone, hour: "numeric", minute: "2-digit" });
  return { day, time };
}
