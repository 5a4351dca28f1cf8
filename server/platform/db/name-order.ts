import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { Prisma } from "./generated/client";

/**
 * A column of names as PostgreSQL compares them for a reader of this language: Álvaro beside Amara, and
 * Spanish Ñ after N. Named each time, since the locale of the database differs between servers. To page,
 * compare with it in ORDER BY and in the condition alike, with a unique column after it.
 * No index has it: another version of ICU may sort otherwise, and would spoil the index silently.
 */
export const nameOrder = (column: Prisma.Sql, language: InterfaceLanguage): Prisma.Sql =>
  Prisma.sql`${column} COLLATE ${collations[language]}`;

const collations: Record<InterfaceLanguage, Prisma.Sql> = {
  en: Prisma.sql`"en-x-icu"`,
  es: Prisma.sql`"es-x-icu"`,
  ar: Prisma.sql`"ar-x-icu"`,
};
