/** The catalogues: one file a language in messages/. */
import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import { type InterfaceLanguage, interfaceLanguageOf } from "./domain/community";

export type Locale = InterfaceLanguage;
export type Messages = typeof en;

/** A catalogue that lacks a message is a type error. */
const catalogues: Record<Locale, Messages> = { en, es, ar };

export const messagesOf = (locale: Locale): Messages => catalogues[locale];

/** The catalogue's language of a tag, or English. */
export const localeOf = (tag: string | null | undefined): Locale =>
  interfaceLanguageOf(tag) ?? "en";
