import { useTranslations } from "@/components/translations";
import { hourParts } from "@/domain/kernel/hours";

/** The translator of the `ui` words, from `useTranslations("ui")` or `getTranslations("ui")`. */
type UiWords = ReturnType<typeof useTranslations<"ui">>;

/** Minutes as "1 h 30 min", for labels and sentences; `signed` puts a plus before what was earned. */
export function hoursText(t: UiWords, total: number, signed = false): string {
  const { hours, minutes, ...parts } = hourParts(total);
  const sign = parts.sign < 0 ? "minus" : signed && parts.sign > 0 ? "plus" : "none";
  if (minutes === 0 && hours > 0) return t("hours.whole", { sign, hours });
  if (hours === 0) return t("hours.minutes", { sign, minutes });
  return t("hours.both", { sign, hours, minutes });
}

/** Minutes as "1 h 30 min", never broken over two lines. */
export function Hours({ minutes, signed = false }: { minutes: number; signed?: boolean }) {
  const t = useTranslations("ui");
  return <span className="whitespace-nowrap tabular-nums">{hoursText(t, minutes, signed)}</span>;
}
