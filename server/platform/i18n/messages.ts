/** The messages of messages/: one folder a language, one file a noun. */

import { type InterfaceLanguage, interfaceLanguageOf } from "@/domain/kernel/languages";
import ar from "@/messages/ar";
import en from "@/messages/en";
import es from "@/messages/es";

export type Locale = InterfaceLanguage;
export type Messages = typeof en;

/** A missing message is a type error. */
const catalogues: Record<Locale, Messages> = { en, es, ar };

export const messagesOf = (locale: Locale): Messages => catalogues[locale];

/** The interface language of a language tag; English for any other. */
export const localeOf = (tag: string | null | undefined): Locale =>
  interfaceLanguageOf(tag) ?? "en";
