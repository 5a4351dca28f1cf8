import { getTranslations as getAll, getLocale } from "next-intl/server";
import { isolating } from "@/domain/kernel/direction";
import { directionOf } from "@/domain/kernel/languages";
import { localeOf } from "@/server/platform/i18n/messages";

/** The words of a namespace, as `useTranslations` gives them to components that cannot wait. */
export const getTranslations = (async (namespace: Parameters<typeof getAll>[0]) =>
  isolating(
    await getAll(namespace as never),
    directionOf(localeOf(await getLocale())),
  )) as typeof getAll;
