import { db } from "../db/client";
import type { InterfaceLanguage } from "../domain/community";

/** Keeps the interface's language that a person chose. @returns it */
export async function chooseLanguage(
  userId: string,
  language: InterfaceLanguage,
): Promise<InterfaceLanguage> {
  await db.user.update({ where: { id: userId }, data: { language } });
  return language;
}
