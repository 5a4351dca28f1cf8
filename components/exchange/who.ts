import type { useTranslations } from "@/components/translations";
import { type Named, nameText } from "@/domain/member/member";

/** Who helps whom, in a sentence for the person who reads it. */
export function whoText(
  t: ReturnType<typeof useTranslations<"exchange">>,
  names: ReturnType<typeof useTranslations<"memberName">>,
  {
    mySide,
    giver,
    receiver,
    other,
  }: { mySide: string | null; giver: Named; receiver: Named; other: Named },
): string {
  const side = mySide === "giver" || mySide === "receiver" ? mySide : "none";
  return t(`who.${side}`, {
    name: nameText(names, other),
    giver: nameText(names, giver),
    receiver: nameText(names, receiver),
  });
}
