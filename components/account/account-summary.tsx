import { Hours, hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { AccountDial, type DialAccount, type DialRules } from "./account-dial";

/** The balance on home: the dial, what can still be promised, and a link to the account. */
export function AccountSummary({
  account,
  community,
  rules,
}: {
  account: DialAccount & { canPromise: number | null; isNewcomer: boolean };
  community: string;
  rules: DialRules;
}) {
  const t = useTranslations("home");
  const ui = useTranslations("ui");
  const { balance, held, canPromise } = account;
  return (
    <section
      aria-label={t("balance")}
      className="flex flex-wrap items-center gap-x-5 gap-y-4 md:grid md:grid-cols-1 md:text-center"
    >
      <h2 className="basis-full text-xl">{t("balance")}</h2>
      <div className="min-w-0 flex-[1_1_6.5rem]">
        <AccountDial account={account} rules={rules} hasValue={false} />
      </div>
      {/* Below the dial when the balance does not fit beside it. */}
      <div className="grid min-w-min flex-[1_1_6.5rem] gap-1 text-ink-soft">
        <p className="font-display text-[min(1.875rem,14vw)] font-bold tracking-tight text-ink">
          <Hours minutes={balance} signed />
        </p>
        {canPromise !== null && <p>{t("canPromise", { hours: hoursText(ui, canPromise) })}</p>}
        {account.isNewcomer && <p>{t("newcomer")}</p>}
        {held > 0 && <p>{t("held", { hours: hoursText(ui, held) })}</p>}
      </div>
      <div className="basis-full">
        <LinkButton href={`/${community}/account`} variant="secondary" wide>
          {t("toAccount")}
        </LinkButton>
      </div>
    </section>
  );
}
