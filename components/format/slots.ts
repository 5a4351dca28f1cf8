/** Free times as pages and forms show them. Dates and times are the community's. */
import type { useFormatter } from "next-intl";

export type SlotTime = { date: string; time: string };

type Format = ReturnType<typeof useFormatter>;

/** Slots by day, in order. */
export function daysOf(slots: readonly SlotTime[]): { date: string; slots: SlotTime[] }[] {
  const days = new Map<string, SlotTime[]>();
  for (const { date, time } of slots) days.set(date, [...(days.get(date) ?? []), { date, time }]);
  return [...days].map(([date, times]) => ({ date, slots: times }));
}

// They are wall times already; UTC here only keeps anybody's own zone out of it.
const wall = ({ date, time }: SlotTime) => new Date(`${date}T${time}:00Z`);

export const slotDayText = (format: Format, date: string): string =>
  format.dateTime(wall({ date, time: "12:00" }), {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
  });

/** A day of the week by its ISO number: 1 is Monday. */
export const weekdayText = (format: Format, weekday: number): string =>
  format.dateTime(new Date(Date.UTC(2026, 5, weekday)), { timeZone: "UTC", weekday: "long" });

export const slotTimeText = (format: Format, slot: SlotTime): string =>
  format.dateTime(wall(slot), { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
