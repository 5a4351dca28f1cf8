import { useTranslations } from "next-intl";
import { Hours } from "@/components/hours";
import { Card } from "@/components/ui/card";
import { Definition } from "@/components/ui/definition";
import { AccountDial, type DialAccount, type DialRules } from "./account-dial";

type Account = DialAccount & {
  canPromise: number | null;
  isNewcomer: boolean;
  totals: { given: number; received: number };
};

/** The head of an account page: balance, held, what can still be promised, given and received. */
export function AccountFigures({
  account,
  rules,
  isMine,
}: {
  account: Account;
  rules: DialRules;
  isMine: boolean;
}) {
  const t = useTranslations("account");
  const { balance, held, canPromise, totals } = account;
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
    { term: t("given"), detail: <Hours minutes={totals.given} /> },
    { term: t("received"), detail: <Hours minutes={totals.received} /> },
  ];
  return (
    <Card>
      <div className="grid items-center gap-8 md:grid-cols-2">
        <AccountDial account={account} rules={rules} />
        <div className="grid gap-4">
          <Definition items={items} />
          {isMine && account.isNewcomer && <p className="text-ink-soft">{t("newcomer")}</p>}
          {isMine && hint && <p className="text-ink-soft">{hint}</p>}
        </div>
      </div>
    </Card>
  );
}
