import type { useFormatter } from "next-intl";
import { deviceZone } from "@/domain/kernel/region";

/** Up to this age the day of the week alone is unambiguous. */
const WEEKDAY_ALONE_MS = 6 * 86_400_000;

/** The day and time at which the device saw something, in the device's time zone. */
export function formatSeen(format: ReturnType<typeof useFormatter>, at: Date, now = new Date()) {
  const timeZone = deviceZone();
  const isRecent = now.getTime() - at.getTime() < WEEKDAY_ALONE_MS;
  const day = isRecent
    ? format.dateTime(at, { timeZone, weekday: "long" })
    : format.dateTime(at, { timeZone, weekday: "long", day: "numeric", month: "long" });
  const time = format.dateTime(at, { timeZone, hour: "numeric", minute: "2-digit" });
  return { day, time };
}
