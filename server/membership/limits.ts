/**
 * Limits of what one member may do. Each is counted behind the lock of the member's own row, so
 * that two requests at once never both find room for the last one.
 */

import { type Rate, windowOf } from "../../domain/kernel/limits";
import { Prisma } from "../platform/db/generated/client";

/** The condition that a row was created in the time in which a rate counts. */
export function createdIn(rate: Rate, now: Date): Prisma.Sql {
  const { gt, lte } = windowOf(rate, now);
  return Prisma.sql`created_at > ${gt}::timestamptz AND created_at <= ${lte}::timestamptz`;
}
