import { getRequestConfig } from "next-intl/server";
import { messagesOf } from "./messages";

/** The interface speaks English for now; a language is a file in messages/ and a line here. */
export default getRequestConfig(async () => ({
  locale: "en",
  messages: messagesOf("en"),
  // Every time that is shown names its community's zone; UTC shows a place that forgot.
  timeZone: "UTC",
}));
