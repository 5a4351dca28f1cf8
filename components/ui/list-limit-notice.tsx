import { useTranslations } from "@/components/translations";

/** Says of a list that has reached its bound that it goes no further. */
export function ListLimitNotice({ shown, most }: { shown: number; most: number }) {
  const t = useTranslations("ui");
  if (shown < most) return null;
  return <p className="text-ink-soft">{t("cut", { count: most })}</p>;
}
