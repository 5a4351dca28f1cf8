/** Names in the order in which a reader looks for them. */
import type { InterfaceLanguage } from "../kernel/languages";
import { collatorOf } from "../kernel/region";

/** Compares as `nameOrder` of server/platform/db/name-order.ts does, for lists that are read whole. */
export const compareNames = (language: InterfaceLanguage) => collatorOf(language).compare;
