import { db } from "../db/client";
import type { Clock } from "../domain/region";

type Dates = { clock: Clock | null; firstDay: number | null };

/** Saves how a person reads dates and times; null for as in their community. @returns them */
export async function chooseDates(userId: string, { clock, firstDay }: Dates): Promise<Dates> {
  await db.user.update({ where: { id: userId }, data: { clock, firstDay } });
  return { clock, firstDay };
}
