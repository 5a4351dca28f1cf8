import { createFormatter, createTranslator } from "use-intl/core";
import { type ExchangeSide, sideText } from "../../domain/exchange/sides";
import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { isolating } from "../../domain/kernel/direction";
import { hourParts, hoursWording } from "../../domain/kernel/hours";
import { directionOf } from "../../domain/kernel/languages";
import { localeTag } from "../../domain/kernel/region";
import {
  isExchangeEvent,
  type NotificationEvent,
  type NotificationKind,
} from "../../domain/notification/notification";
import { env } from "../platform/env";
import { type Locale, messagesOf } from "../platform/i18n/messages";
import { composeMail, mailTranslator } from "../platform/mail/layout";
import { UNSUBSCRIBE_PLACEHOLDER } from "../platform/mail/post-mail";

export type NotificationFacts = {
  event: NotificationEvent;
  kind: NotificationKind;
  /** Whether the exchange is agreed, for a reminder. */
  isAgreed: boolean;
  title: string;
  by: ExchangeSide | null;
  minutes: number | null;
  startsAt: Date | null;
  cause: NotHappenedReason | "";
  timeZone: string;
  community: string;
  path: string;
};

/** Events after which nobody needs the date of the help. */
const PAST = new Set<NotificationEvent>([
  "recorded",
  "reported",
  "confirmed",
  "resolvedWithHours",
  "settledAutomatically",
  "reversed",
  "returned",
  "noteWritten",
  "thanked",
  "mailPaused",
]);

/**
 * The e-mail of a notification. Its subject says who did what, and when.
 * @param name the reader's own name; null for an address that is not verified, which may belong to a stranger:
 *   its e-mail contains nothing that members wrote
 */
export function notificationMail(
  facts: NotificationFacts,
  reader: { locale: Locale; tag: string; name: string | null },
) {
  const { locale, name } = reader;
  const say = mailTranslator(locale);
  return composeMail({
    locale,
    greeting: name === null ? say("hello") : say("greeting", { name }),
    ...(facts.event === "reminded" ? reminderOf(facts, reader) : eventOf(facts, reader)),
    action: { label: say("notification.action"), url: `${env().PUBLIC_URL}${facts.path}` },
    closing: say("notification.closing", { community: facts.community }),
    // What a member needs to know cannot be switched off.
    ...(facts.kind !== "needed" && {
      unsubscribe: { label: say("notification.unsubscribe"), url: UNSUBSCRIBE_PLACEHOLDER },
    }),
  });
}

type Reader = Parameters<typeof notificationMail>[1];

/** Asks how agreed help went, or whether a report is right. */
function reminderOf({ title, isAgreed }: NotificationFacts, { locale, name }: Reader) {
  const say = mailTranslator(locale);
  const question = isAgreed ? "howDidItGo" : "isItRight";
  return name === null
    ? {
        subject: say(`reminder.${question}.plainSubject`),
        sentences: [say(`reminder.${question}.plainBody`)],
      }
    : {
        subject: say(`reminder.${question}.subject`, { title }),
        sentences: [say(`reminder.${question}.body`, { title })],
      };
}

function eventOf(facts: NotificationFacts, reader: Reader) {
  const say = mailTranslator(reader.locale);
  if (reader.name === null) {
    return {
      subject: say("notification.plainSubject"),
      sentences: [say("notification.plainBody")],
    };
  }
  const { what, about } = sentencesOf(facts, reader);
  if (about === "") return { subject: what, sentences: [`${what}.`] };
  return { subject: say("notification.subject", { what, about }), sentences: [`${what}.`, about] };
}

/**
 * What happened, in the words of the exchange's history, and about what: the title, with the date of the help while
 * it matters.
 */
export function sentencesOf(
  facts: NotificationFacts,
  { locale, tag }: Pick<Reader, "locale" | "tag">,
): { what: string; about: string } {
  const { event, by, minutes, startsAt, timeZone, title } = facts;
  const options = { locale: localeTag({ language: locale }), messages: messagesOf(locale) };
  const t = isolating(createTranslator({ ...options, namespace: "exchange" }), directionOf(locale));
  const others = isolating(
    createTranslator({ ...options, namespace: "notifications" }),
    directionOf(locale),
  );
  const names = createTranslator({ ...options, namespace: "memberName" });
  const amounts = createTranslator({ ...options, namespace: "errors" });
  const hours =
    minutes === null ? "" : amounts(`amount.${hoursWording(minutes)}`, hourParts(minutes));
  const who = by ? sideText(names, by) : t("somebody");
  const what = isExchangeEvent(event)
    ? t(`event.${event}`, { by: who, hours })
    : others(`event.${event}`, { by: who });
  if (!startsAt || PAST.has(event)) return { what, about: title };
  const when = createFormatter({ locale: tag, timeZone }).dateTime(startsAt, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
  return { what, about: `${title}, ${when}` };
}
