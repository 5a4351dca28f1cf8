/** The catalogues: one folder a language in messages/, one file a noun. */

import { type InterfaceLanguage, interfaceLanguageOf } from "@/domain/kernel/languages";
import ar from "@/messages/ar";
import en from "@/messages/en";
import es from "@/messages/es";

export type Locale = InterfaceLanguage;
export type Messages = typeof en;

/** A catalogue that lacks a message is a type error. */
const catalogues: Record<Locale, Messages> = { en, es, ar };

export const messagesOf = (locale: Locale): Messages => catalogues[locale];

/** The catalogue's language of a tag, or English. */
export const localeOf = (tag: string | null | undefined): Locale =>
  interfaceLanguageOf(tag) ?? "en";
