import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { db } from "../platform/db/client";

/** Keeps the interface's language that a person chose. @returns it */
export async function chooseLanguage(
  userId: string,
  language: InterfaceLanguage,
): Promise<InterfaceLanguage> {
  await db.user.update({ where: { id: userId }, data: { language } });
  return language;
}
