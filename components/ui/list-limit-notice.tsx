import { useTranslations } from "@/components/translations";

/** Says that a list has reached its maximum length. */
export function ListLimitNotice({ shown, most }: { shown: number; most: number }) {
  const t = useTranslations("ui");
  if (shown < most) return null;
  return <p className="text-ink-soft">{t("cut", { count: most })}</p>;
}
