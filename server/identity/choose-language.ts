import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { db } from "../platform/db/client";

/** Saves a user's language of the interface. @returns the language */
export async function chooseLanguage(
  userId: string,
  language: InterfaceLanguage,
): Promise<InterfaceLanguage> {
  await db.user.update({ where: { id: userId }, data: { language } });
  return language;
}
