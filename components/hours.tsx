import { useTranslations } from "@/components/translations";
import { hourParts } from "@/server/domain/hours";

/** The translator of the `ui` words, from `useTranslations("ui")` or `getTranslations("ui")`. */
type UiWords = ReturnType<typeof useTranslations<"ui">>;

/** Minutes as "1 h 30 min", for labels and sentences; `signed` puts a plus before what was earned. */
export function hoursText(t: UiWords, total: number, signed = false): string {
  const { sign, hours, minutes } = hourParts(total);
  const amount =
    minutes === 0 && hours > 0
      ? t("hours.whole", { hours })
      : hours === 0
        ? t("hours.minutes", { minutes })
        : t("hours.both", { hours, minutes });
  if (sign < 0) return t("hours.minus", { amount });
  return signed && sign > 0 ? t("hours.plus", { amount }) : amount;
}

/** Minutes as "1 h 30 min", never broken over two lines. */
export function Hours({ minutes, signed = false }: { minutes: number; signed?: boolean }) {
  const t = useTranslations("ui");
  return <span className="whitespace-nowrap tabular-nums">{hoursText(t, minutes, signed)}</span>;
}
