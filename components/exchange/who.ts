import type { useTranslations } from "next-intl";

type Named = { displayName: string };

/** Who helps whom, in a sentence for the person who reads it. */
export function whoText(
  t: ReturnType<typeof useTranslations<"exchange">>,
  {
    iAm,
    giver,
    receiver,
    other,
  }: { iAm: string | null; giver: Named; receiver: Named; other: Named },
): string {
  const side = iAm === "giver" || iAm === "receiver" ? iAm : "none";
  return t(`who.${side}`, {
    name: other.displayName,
    giver: giver.displayName,
    receiver: receiver.displayName,
  });
}
