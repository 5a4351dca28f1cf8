import { useTranslations } from "@/components/translations";

/** How far away a neighbour is, as roughly as it is known. */
export function Distance({ metres }: { metres: number }) {
  const t = useTranslations("listing.card");
  return metres < 1000 ? t("metres", { metres }) : t("kilometres", { kilometres: metres / 1000 });
}
