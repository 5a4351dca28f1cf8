import type { Clock } from "../../domain/kernel/region";
import { db } from "../platform/db/client";

type Dates = { clock: Clock | null; firstDay: number | null };

/** Saves a user's formats of dates and times; null for those of the community. @returns both */
export async function chooseDates(userId: string, { clock, firstDay }: Dates): Promise<Dates> {
  await db.user.update({ where: { id: userId }, data: { clock, firstDay } });
  return { clock, firstDay };
}
