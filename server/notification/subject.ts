import { z } from "zod";
import { id } from "../../domain/kernel/input";

/** What a notification is about: one column of the table `notification`. */
export const notificationSubject = z.union([
  z.strictObject({ exchangeId: id }),
  /** A member. */
  z.strictObject({ aboutId: id }),
]);
export type NotificationSubject = z.infer<typeof notificationSubject>;
