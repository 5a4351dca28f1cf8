import type { ReactNode } from "react";
import { useTranslations } from "@/components/translations";
import { OwnLines } from "@/components/ui/own-words";
import { Section } from "@/components/ui/page";
import { RETENTION_DAYS } from "@/domain/privacy/retention";
import type { PrivacyView } from "./notice";

/** What the product stores, why, who sees it and how long it stays. docs/privacy.md has the same by table. */
export function PrivacyFacts({ view: { community, notice, facts } }: { view: PrivacyView }) {
  const t = useTranslations("privacy");
  const days = RETENTION_DAYS;
  return (
    <>
      <Section title={t("stored")}>
        <Facts
          items={[
            [
              t("signIn"),
              <>
                {t("signInText")}{" "}
                {facts.provider !== null && t("provider", { name: facts.provider })}
              </>,
            ],
            [t("profile"), t("profileText")],
            [t("help"), t("helpText")],
            [t("exchanges"), t("exchangesText")],
            [t("hours"), t("hoursText")],
            [t("security"), t("securityText")],
            [t("cookies"), t("cookiesText")],
          ]}
        />
      </Section>
      <Section title={t("why")}>
        <p>{t("whyText")}</p>
      </Section>
      <Section title={t("whoSees")}>
        <Facts
          items={[
            [
              t("membersSee"),
              t("membersSeeText", { balances: community.balancesVisible ? "yes" : "no" }),
            ],
            [t("sidesSee"), t("sidesSeeText")],
            [t("coordinatorsSee"), t("coordinatorsSeeText")],
            [t("operatorSees"), t("operatorSeesText")],
            [
              t("othersSee"),
              <>
                {t("othersSeeText", { mail: facts.sendsMail ? "yes" : "no" })}{" "}
                {facts.mapHost !== null && t("mapText", { host: facts.mapHost })}
              </>,
            ],
          ]}
        />
      </Section>
      <Section title={t("howLong")}>
        <ul className="grid list-disc grid-cols-1 gap-2 ps-5">
          <li>{t("ownText")}</li>
          <li>{t("booksText")}</li>
          <li>{t("accountText")}</li>
          <li>{t("sessionsText", { unused: days.unusedSession, days: days.session })}</li>
          <li>{t("mailsText", { sent: days.sentMail, unsent: days.unsentMail })}</li>
          <li>{t("newsText", { days: days.notification })}</li>
          <li>{t("joinText", { days: days.join })}</li>
          <li>{t("logText")}</li>
        </ul>
      </Section>
      <Section title={t("backups")}>
        <p>{t("backupsText", { count: facts.backups })}</p>
        <p>{t("restoreText")}</p>
      </Section>
      <Section title={t("rights")}>
        <p>{t("rightsText")}</p>
        <p>{t("complaintText")}</p>
      </Section>
      {notice?.addition && (
        <Section title={t("addition")}>
          <div>
            <OwnLines>{notice.addition}</OwnLines>
          </div>
        </Section>
      )}
    </>
  );
}

/** Each fact under its name. */
function Facts({ items }: { items: [name: string, text: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-1 gap-4">
      {items.map(([name, text]) => (
        <div key={name}>
          <dt className="font-semibold">{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
