import type { Messages } from "next-intl";

/** The namespaces that client components read; everything else stays on the server. */
const clientNamespaces = [
  "site",
  "ui",
  "kept",
  "form",
  "exchangeForm",
  "availabilityForm",
  "thanksForm",
  "listingForm",
  "memberForm",
  "photoForm",
  "searchForm",
  "authForm",
  "communityForm",
  "neighbourhoodForm",
  "map",
] as const satisfies readonly (keyof Messages)[];

/** The part of the catalogue that is sent to the browser with each page. */
export function clientMessages(messages: Messages): Partial<Messages> {
  return Object.fromEntries(clientNamespaces.map((space) => [space, messages[space]]));
}
