import { Hours, hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Dial } from "@/components/ui/dial";

export type DialAccount = { balance: number; held: number; floor: number | null };
export type DialRules = { softFloor: number; softCeiling: number };

/** The balance on a dial, with a sentence that explains it. Amounts in minutes. */
export function AccountDial({
  account: { balance, held, floor },
  rules,
  size,
  hasValue = true,
}: {
  account: DialAccount;
  rules: DialRules;
  size?: "small" | "large";
  /** Whether to show the balance in figures below the dial. */
  hasValue?: boolean;
}) {
  const t = useTranslations("account");
  const ui = useTranslations("ui");
  const sign = balance === 0 ? "zero" : balance < 0 ? "minus" : "plus";
  const amount = (minutes: number) => hoursText(ui, Math.abs(minutes));
  return (
    <Dial
      size={size}
      balance={balance}
      held={held}
      floor={floor ?? 0}
      softFloor={rules.softFloor}
      softCeiling={rules.softCeiling}
      label={t("dial", { sign, hours: amount(balance), held: amount(held) })}
      value={hasValue && <Hours minutes={balance} signed />}
      receivedLabel={t("received2")}
      givenLabel={t("given2")}
    />
  );
}
