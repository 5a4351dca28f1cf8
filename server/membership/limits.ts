/**
 * Limits per member. Each is counted behind the lock of the member's own row, so that concurrent
 * requests cannot exceed it.
 */

import { type Rate, windowOf } from "../../domain/kernel/limits";
import { Prisma } from "../platform/db/generated/client";

/** The condition that a row was created within a rate's window. */
export function createdIn(rate: Rate, now: Date): Prisma.Sql {
  const { gt, lte } = windowOf(rate, now);
  return Prisma.sql`created_at > ${gt}::timestamptz AND created_at <= ${lte}::timestamptz`;
}
