/** The catalogues: one file a language in messages/. */
import en from "@/messages/en.json";
import { interfaceLanguages } from "./domain/community";

export type Locale = (typeof interfaceLanguages)[number];
export type Messages = typeof en;

const catalogues: Record<Locale, Messages> = { en };

export const messagesOf = (locale: Locale): Messages => catalogues[locale];

/** The catalogue's language that is wanted, or English. */
export const localeOf = (wanted: string | null | undefined): Locale =>
  interfaceLanguages.find((language) => language === wanted) ?? "en";
