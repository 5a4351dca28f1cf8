/** The languages of the interface; each has a folder in messages/. */

export const interfaceLanguages = ["en", "es", "ar"] as const;

export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** The interface language for a tag such as `es-ES`, if there is one. */
export const interfaceLanguageOf = (
  tag: string | null | undefined,
): InterfaceLanguage | undefined =>
  interfaceLanguages.find((language) => language === tag?.split("-")[0]?.toLowerCase());

export const rightToLeft: readonly InterfaceLanguage[] = ["ar"];

export const directionOf = (language: InterfaceLanguage): "ltr" | "rtl" =>
  rightToLeft.includes(language) ? "rtl" : "ltr";
