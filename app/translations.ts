import { getTranslations as getAll, getLocale } from "next-intl/server";
import { directionOf } from "@/server/domain/community";
import { isolating } from "@/server/domain/direction";
import { localeOf } from "@/server/messages";

/** The words of a namespace, as `useTranslations` gives them to components that cannot wait. */
export const getTranslations = (async (namespace: Parameters<typeof getAll>[0]) =>
  isolating(
    await getAll(namespace as never),
    directionOf(localeOf(await getLocale())),
  )) as typeof getAll;
