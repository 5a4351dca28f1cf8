import { z } from "zod";

/** A subscription as browsers make it: its endpoint, its public key and its secret (RFC 8291), in base64url. */
export const subscriptionShape = z.strictObject({
  endpoint: z.string().max(1000),
  /** A point of P-256, uncompressed. */
  p256dh: z.string().regex(/^B[\w-]{86}$/),
  authSecret: z.string().regex(/^[\w-]{22}$/),
  /** Whether its notifications say who did what, also on a locked screen. */
  fullText: z.boolean(),
});
export type SubscriptionInput = z.infer<typeof subscriptionShape>;
