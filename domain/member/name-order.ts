import type { InterfaceLanguage } from "../kernel/languages";
import { collatorOf } from "../kernel/region";

/** Sorts names as `nameOrder` of server/platform/db/name-order.ts does, for lists without pages. */
export const compareNames = (language: InterfaceLanguage) => collatorOf(language).compare;
