/** A wrong message key is a type error. */
import type { Messages } from "@/server/platform/i18n/messages";

declare module "next-intl" {
  interface AppConfig {
    Messages: Messages;
  }
}
