/** Languages in which members may write (ISO 639); search knows the stems of most of them. */

export const writtenLanguages = [
  ...["am", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi"],
  ...["fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ko", "lt", "lv", "ne"],
  ...["nl", "no", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "ta", "ti"],
  ...["tr", "uk", "ur", "vi", "yi", "zh"],
] as const;
export type WrittenLanguage = (typeof writtenLanguages)[number];
