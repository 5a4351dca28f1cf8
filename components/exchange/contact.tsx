import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { OwnLines } from "@/components/ui/own-words";
import { sideName } from "@/domain/exchange/sides";
import type { Exchange } from "./exchange";

/** How the two reach each other, once they have agreed to meet. */
export function Contact({ exchange: { contact, other } }: { exchange: Exchange }) {
  const t = useTranslations("exchange.page");
  const names = useTranslations("memberName");
  if (contact === null) return null;
  const name = sideName(names, other);
  return (
    <Card as="section" tone="dusk" className="grid gap-1">
      <h2 className="text-xl">{t("contact", { name })}</h2>
      <div>{contact ? <OwnLines>{contact}</OwnLines> : t("noContact", { name })}</div>
    </Card>
  );
}
