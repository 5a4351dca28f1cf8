/** Languages that the interface speaks: one catalogue in messages/ each. */

export const interfaceLanguages = ["en", "es", "ar"] as const;

export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** The interface's language of a tag such as `es-ES`, if it speaks that one. */
export const interfaceLanguageOf = (
  tag: string | null | undefined,
): InterfaceLanguage | undefined =>
  interfaceLanguages.find((language) => language === tag?.split("-")[0]?.toLowerCase());

/** Which of them are written from right to left. */
export const rightToLeft: readonly InterfaceLanguage[] = ["ar"];

export const directionOf = (language: InterfaceLanguage): "ltr" | "rtl" =>
  rightToLeft.includes(language) ? "rtl" : "ltr";
