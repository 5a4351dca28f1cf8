/** Texts of many scripts, with the signs that folding treats in a way of its own. */
export const texts = [
  "Straße İstanbul ISPARTA ışık ﬃ ＦＵＬＬ ½ Œuvre Đà Nẵng e-mail O’Neil l'école",
  "ШАХМАТЫ Ёлочка П’ять ΜΑΘΗΜΑΤΑ ΚΗΠΟΣ ԽՈՀԱՐԱՐՈՒԹՅՈՒՆ ქართული",
  "والخياطة الدراجات للغة مُسَاعَدَة ١٢٣ می\u200Cخواهید دوچرخه ها שִׁעוּרִים צה״ל והתפירה",
  "नमस्ते ज़रा गाँव १२ সাইকেল மிதிவண்டி ภาษาไทย ខ្មែរ မြန်မာ བོད་སྐད 我家在上海 3D打印 ギター ｷﾞﾀｰ 자전거를",
  "Ge\u00ADsamt Fahr\u200Brad _a_ \u0301x 10-12 🚲 am:lich ǅungla ŉ",
  "وطبخ ولد بدراجة كتاب كتابها معلمات אבג והבית ובהתפירה שיעורים",
  "invitacion natación the a",
  `${"long".repeat(700)} ${"долго".repeat(500)}`,
  "",
  "the",
  "the nor",
  "海",
  "KIZLAR",
  "rock'n'roll",
  "_",
  "-",
];
