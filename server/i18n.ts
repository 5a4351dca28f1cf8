import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { getActor } from "./auth";
import { readerOf } from "./locale";
import { messagesOf } from "./messages";

/** The language of a page, and how dates and times look on it. */
export default getRequestConfig(async () => {
  const { locale, tag, timeZone } = readerOf(await headers(), await getActor());
  return { locale: tag, messages: messagesOf(locale), timeZone };
});
