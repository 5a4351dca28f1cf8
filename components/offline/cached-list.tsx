"use client";

import { useFormatter } from "next-intl";
import { useEffect, useState } from "react";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "@/components/ui/button";
import { List, ListRow } from "@/components/ui/list";
import { type CachedPage, cachedPages } from "./cached-pages";
import { formatSeen } from "./seen";

/** The pages that this device can show offline, each with when it was cached. */
export function CachedPages() {
  const t = useTranslations("savedPages");
  const format = useFormatter();
  const [pages, setPages] = useState<CachedPage[] | null>(null);
  useEffect(() => {
    cachedPages().then(setPages, () => setPages([]));
  }, []);
  return (
    <>
      {pages && pages.length > 0 && (
        <section className="grid grid-cols-1 gap-3">
          <h2 className="text-2xl">{t("title")}</h2>
          <List label={t("title")}>
            {pages.map(({ path, kind, community, at }) => (
              <ListRow
                key={path}
                // No client-side navigation: the worker serves cached pages only as whole documents.
                title={
                  <a href={path} className="stretched -outline-offset-3">
                    {t(kind, { community })}
                  </a>
                }
                detail={t("seen", formatSeen(format, at))}
              />
            ))}
          </List>
        </section>
      )}
      {pages?.length === 0 && <p>{t("nothing")}</p>}
      <Actions>
        <Button onClick={() => window.location.reload()}>{t("again")}</Button>
      </Actions>
    </>
  );
}
