import type { Metadata } from "next";
import { getFormatter, getLocale } from "next-intl/server";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { weekdayText } from "@/components/format/slots";
import { CalendarAddress } from "@/components/identity/calendar-address";
import { DatesForm } from "@/components/identity/dates-form";
import { DismissRevocations } from "@/components/identity/dismiss-revocations";
import { EmailForm } from "@/components/identity/email-form";
import { LanguageForm } from "@/components/identity/language-form";
import { PasswordForm } from "@/components/identity/password-form";
import { Sessions } from "@/components/identity/sessions";
import { SignOutButton } from "@/components/identity/sign-out-button";
import { PushSettings } from "@/components/push/push-settings";
import { Rooftops } from "@/components/scenes/rooftops";
import { Procedures } from "@/components/trpc";
import { Actions } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { List, ListRow } from "@/components/ui/list";
import { Page, Section } from "@/components/ui/page";
import { inWeekOrder } from "@/domain/kernel/region";
import { weekdays } from "@/domain/kernel/weekdays";
import { api, callOrRedirect, publicUrl, sendsMail } from "@/server/api/caller";
import { cachesPages } from "@/server/api/http/service-worker";
import { localeOf } from "@/server/platform/i18n/messages";
import { deviceOf } from "./device";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

/** My sign-in: who I am, where I am signed in, my password. */
async function SettingsPage() {
  const sessions = await callOrRedirect((procedures) => procedures.person.sessions(), "/settings");
  const me = await (await api()).person.me();
  const calendar = await (await api()).person.calendar();
  const revocations = await (await api()).person.revocations();
  const push = await (await api()).push.mine();
  const t = await getTranslations("settings");
  const pushForm = await getTranslations("pushForm");
  const explain = await getTranslations("revocation");
  const format = await getFormatter();
  const tag = await getLocale();
  if (!me) return null;
  const days = inWeekOrder(weekdays, tag).map((day) => ({
    value: String(day),
    label: weekdayText(format, day),
  }));
  const teatime = new Date("2026-06-01T16:30:00Z");
  const clockText = (hourCycle: "h23" | "h12") =>
    format.dateTime(teatime, {
      timeZone: "UTC",
      hour: "numeric",
      minute: "2-digit",
      hourCycle,
    });
  const nameOf = (userAgent: string) => {
    const { browser, system } = deviceOf(userAgent);
    return browser && system ? t("device", { browser, system }) : t("unknownDevice");
  };
  const devices = sessions.map(({ id, userAgent, lastSeenAt, isThis }) => ({
    id,
    name: nameOf(userAgent),
    isThis,
    lastSeen: t("lastSeen", { when: format.relativeTime(lastSeenAt) }),
  }));
  const pushDevices = push.devices.map(({ id, userAgent, lastSentAt, isThis, fullText }) => ({
    id,
    name: nameOf(userAgent),
    lastSent: lastSentAt && format.relativeTime(lastSentAt),
    isThis,
    fullText,
  }));
  return (
    <>
      <Rooftops />
      <Page title={t("title")} back={{ href: "/communities", label: t("back") }} width="reading">
        <DescriptionList
          items={[
            { term: t("name"), detail: me.name },
            { term: t("email"), detail: me.email },
          ]}
        />
        <Procedures>
          {revocations.length > 0 && (
            <Section id="revocations" title={explain("title")}>
              {revocations.map(({ id, cause, revoked, at }) => (
                <div key={id} className="grid grid-cols-1 gap-2">
                  <h3 className="font-semibold">
                    {explain("on", { day: format.dateTime(at, { dateStyle: "long" }) })}
                  </h3>
                  <p>{explain(`cause.${cause}`)}</p>
                  <p>{explain("closed")}</p>
                  <ul className="list-disc ps-6">
                    {revoked.map((kind) => (
                      <li key={kind}>{explain(`kind.${kind}`)}</li>
                    ))}
                  </ul>
                </div>
              ))}
              <DismissRevocations />
            </Section>
          )}
          <Section
            title={t("language")}
            lead={t("languageLead", { mail: sendsMail() ? "yes" : "no" })}
          >
            <LanguageForm chosen={localeOf(tag)} />
          </Section>
          <Section title={t("dates")} lead={t("datesLead")}>
            <DatesForm
              chosen={me.dates}
              examples={{ h23: clockText("h23"), h12: clockText("h12") }}
              days={days}
            />
          </Section>
          <Section title={t("devices")} lead={t("devicesLead")}>
            <Sessions devices={devices} />
          </Section>
          <Section title={t("push")} lead={t("pushLead")}>
            {cachesPages() ? (
              <PushSettings publicKey={push.key} devices={pushDevices} />
            ) : (
              <p>{pushForm("unavailable")}</p>
            )}
          </Section>
          <Section title={t("calendar")} lead={t("calendarLead")}>
            {calendar && (
              <p>{t("calendarSince", { day: format.dateTime(calendar, { dateStyle: "long" }) })}</p>
            )}
            <CalendarAddress isMade={calendar !== null} site={publicUrl()} />
          </Section>
          <Section title={t("email")} lead={t("emailLead", { mail: sendsMail() ? "yes" : "no" })}>
            {me.formerEmail && (
              <p>
                {t("formerEmail", {
                  email: me.formerEmail.address,
                  day: format.dateTime(me.formerEmail.until, { dateStyle: "long" }),
                })}
              </p>
            )}
            <EmailForm hasPassword={me.hasPassword} isTypedTwice={me.newEmailBy === "nothing"} />
          </Section>
          <Section title={t("password")} lead={me.hasPassword ? undefined : t("noPassword")}>
            <PasswordForm hasPassword={me.hasPassword} />
          </Section>
        </Procedures>
        {me.communities.length > 0 && (
          <Section title={t("profiles")} lead={t("profilesLead")}>
            <List label={t("profiles")}>
              {me.communities.map(({ slug, name }) => (
                <ListRow key={slug} href={`/${slug}/profile`} title={name} />
              ))}
            </List>
          </Section>
        )}
        <Actions>
          <SignOutButton />
        </Actions>
      </Page>
    </>
  );
}

export default withMessages(["authForm", "form", "pushForm", "site", "ui"], SettingsPage);
