/** Names in the order in which a reader looks for them. */
import type { InterfaceLanguage } from "./community";
import { collatorOf } from "./region";

/** Compares as `nameOrder` of server/db/read/name-order.ts does, for lists that are read whole. */
export const compareNames = (language: InterfaceLanguage) => collatorOf(language).compare;
