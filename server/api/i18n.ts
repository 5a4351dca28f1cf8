import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { readerOf } from "../platform/i18n/locale";
import { messagesOf } from "../platform/i18n/messages";
import { getActor } from "./auth";

/** The language of a page, and the formats of its dates and times. */
export default getRequestConfig(async () => {
  const { locale, tag, timeZone } = readerOf(await headers(), await getActor());
  return { locale: tag, messages: messagesOf(locale), timeZone };
});
