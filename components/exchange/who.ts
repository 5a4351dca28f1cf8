import type { useTranslations } from "@/components/translations";
import { type ExchangeSide, sideText } from "@/domain/exchange/sides";

/** Who helps whom, in a sentence for the person who reads it. */
export function whoText(
  t: ReturnType<typeof useTranslations<"exchange">>,
  names: ReturnType<typeof useTranslations<"memberName">>,
  {
    mySide,
    giver,
    receiver,
    other,
  }: { mySide: string | null; giver: ExchangeSide; receiver: ExchangeSide; other: ExchangeSide },
): string {
  const side = mySide === "giver" || mySide === "receiver" ? mySide : "none";
  return t(`who.${side}`, {
    name: sideText(names, other),
    giver: sideText(names, giver),
    receiver: sideText(names, receiver),
  });
}
