"use client";

import { useFormatter } from "next-intl";
import { useTranslations } from "@/components/translations";
import { formatSeen } from "./seen";

/** Above a cached page: says when it was cached. */
export function CachedStrip({ at }: { at: Date }) {
  const t = useTranslations("savedPages");
  const seen = formatSeen(useFormatter(), at);
  return (
    <div role="status" className="bg-roof text-on-roof print:hidden">
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
        <p>
          <strong className="font-semibold">{t(navigator.onLine ? "away" : "offline")}</strong>{" "}
          {t("from", seen)}
        </p>
        <button
          type="button"
          onClick={() => window.location.reload()}
          className="min-h-11 rounded-full font-semibold underline decoration-2 underline-offset-4 hover:decoration-4"
        >
          {t("again")}
        </button>
      </div>
    </div>
  );
}
