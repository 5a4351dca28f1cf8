import { Hours } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { AccountDial, type DialAccount, type DialRules } from "./account-dial";

type Account = DialAccount & {
  canPromise: number | null;
  isNewcomer: boolean;
  totals: { given: number; received: number };
  /** Received from the fund, minus given to it. */
  otherwise: number;
};

/**
 * The top of an account page: balance, held and still available minutes, and the parts of the balance:
 * given, received, and from the fund; or for the fund itself each kind of transfer.
 */
export function AccountFigures({
  account,
  rules,
  isMine,
  kinds,
}: {
  account: Account;
  rules: DialRules;
  isMine: boolean;
  /** Of the fund. */
  kinds?: Outputs["account"]["fund"]["kinds"];
}) {
  const t = useTranslations("account");
  const kindWord = useTranslations("transferKind");
  const { balance, held, canPromise, totals, otherwise } = account;
  const hint =
    balance < rules.softFloor
      ? t("softFloor")
      : balance > rules.softCeiling
        ? t("softCeiling")
        : null;
  const items = [
    { term: t("balance"), detail: <Hours minutes={balance} signed /> },
    { term: t("held"), detail: <Hours minutes={held} /> },
    {
      term: isMine ? t("canPromise") : t("canPromiseOf"),
      detail: canPromise === null ? t("noFloor") : <Hours minutes={canPromise} />,
    },
    ...(kinds
      ? kinds.map(({ kind, minutes }) => ({
          term: kindWord(kind),
          detail: <Hours minutes={minutes} signed />,
        }))
      : [
          { term: t("given"), detail: <Hours minutes={totals.given} /> },
          { term: t("received"), detail: <Hours minutes={totals.received} /> },
        ]),
    ...(otherwise === 0 || kinds
      ? []
      : [
          {
            term: t(otherwise > 0 ? "fromFund" : "toFundNet"),
            detail: <Hours minutes={Math.abs(otherwise)} />,
          },
        ]),
  ];
  return (
    <Card>
      <div className="grid items-center gap-8 md:grid-cols-2">
        <AccountDial account={account} rules={rules} />
        <div className="grid gap-4">
          <DescriptionList items={items} />
          {isMine && account.isNewcomer && <p className="text-ink-soft">{t("newcomer")}</p>}
          {isMine && hint && <p className="text-ink-soft">{hint}</p>}
        </div>
      </div>
    </Card>
  );
}
