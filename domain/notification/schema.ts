import * as z from "zod/mini";
import { digestIntervals } from "./channels";
import { notificationKinds } from "./notification";

const kinds = z.array(z.enum(notificationKinds)).check(z.maxLength(notificationKinds.length));
const clockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** How a member wants to be notified: NotificationSettings of channels.ts. */
export const notificationSettingsShape = {
  mail: kinds,
  push: kinds,
  quietFrom: clockTime,
  quietUntil: clockTime,
  digest: z.enum(digestIntervals),
  hidesTitles: z.boolean(),
};
