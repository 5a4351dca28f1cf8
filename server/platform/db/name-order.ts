import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { Prisma } from "./generated/client";

/**
 * A column of names with the collation of the reader's language: Álvaro beside Amara, and Spanish Ñ after N.
 * Explicit, since the locale of the database differs between servers. Pagination must use it both in ORDER BY
 * and in the condition, followed by a unique column.
 * No index uses it: another version of ICU may sort differently and would corrupt the index silently.
 */
export const nameOrder = (column: Prisma.Sql, language: InterfaceLanguage): Prisma.Sql =>
  Prisma.sql`${column} COLLATE ${collations[language]}`;

const collations: Record<InterfaceLanguage, Prisma.Sql> = {
  en: Prisma.sql`"en-x-icu"`,
  es: Prisma.sql`"es-x-icu"`,
  ar: Prisma.sql`"ar-x-icu"`,
};
