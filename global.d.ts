/** A wrong message key is a type error. */
import type { Locale, Messages } from "@/server/messages";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
