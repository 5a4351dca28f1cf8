import { getTranslations as getAll, getLocale } from "next-intl/server";
import { isolating } from "@/domain/kernel/direction";
import { directionOf } from "@/domain/kernel/languages";
import { localeOf } from "@/server/platform/i18n/messages";

/** The translator of a namespace for async components; see components/translations.ts for the others. */
export const getTranslations = (async (namespace: Parameters<typeof getAll>[0]) =>
  isolating(
    await getAll(namespace as never),
    directionOf(localeOf(await getLocale())),
  )) as typeof getAll;
