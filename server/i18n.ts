import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { getActor } from "./auth";
import { localeFor } from "./locale";
import { messagesOf, tagOf } from "./messages";

/** The language of a page: the person's choice, else their browser's wish. */
export default getRequestConfig(async () => {
  const actor = await getActor();
  const locale = localeFor(await headers(), actor?.language);
  return {
    locale: tagOf(locale),
    messages: messagesOf(locale),
    // Every time that is shown names its community's zone; UTC shows a place that forgot.
    timeZone: "UTC",
  };
});
