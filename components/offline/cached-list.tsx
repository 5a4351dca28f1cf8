"use client";

import { useFormatter } from "next-intl";
import { useEffect, useState } from "react";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "@/components/ui/button";
import { List, ListRow } from "@/components/ui/list";
import { cachedPages, type KeptPage } from "./cached-pages";
import { seenWords } from "./seen";

/** What can be read on this device without a line, each with when it was seen. */
export function CachedPages() {
  const t = useTranslations("kept");
  const format = useFormatter();
  const [pages, setPages] = useState<KeptPage[] | null>(null);
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
                // No step within the page: the worker shows what it kept only as a page of its own.
                title={
                  <a href={path} className="stretched -outline-offset-3">
                    {t(kind, { community })}
                  </a>
                }
                detail={t("seen", seenWords(format, at))}
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
