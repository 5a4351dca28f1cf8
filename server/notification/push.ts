import { createTranslator } from "use-intl/core";
import { directionOf } from "../../domain/kernel/languages";
import { localeTag } from "../../domain/kernel/region";
import type { NotificationKind } from "../../domain/notification/notification";
import { type Locale, messagesOf } from "../platform/i18n/messages";
import type { PushContent } from "../push/post-push";
import { type NotificationFacts, sentencesOf } from "./mail";

/** The texts of a notification on a device: who did what, and neutral ones for a locked screen. */
export function pushTexts(
  kind: NotificationKind,
  facts: NotificationFacts,
  { locale, tag }: { locale: Locale; tag: string },
): Pick<PushContent, "neutral" | "full" | "lang" | "dir" | "path"> {
  const options = { locale: localeTag({ language: locale }), messages: messagesOf(locale) };
  const t = createTranslator({ ...options, namespace: "push" });
  const site = createTranslator({ ...options, namespace: "site" });
  const { what, about } = sentencesOf(facts, { locale, tag });
  return {
    neutral: { title: site("name"), body: t(`neutral.${kind}`) },
    full: { title: what, body: about },
    lang: locale,
    dir: directionOf(locale),
    path: facts.path,
  };
}
