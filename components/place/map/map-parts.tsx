"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "@/components/translations";

/** The placeholder until the map's scripts are loaded, on pages with a map only. */
function Coming() {
  const t = useTranslations("map");
  return (
    <p role="status" className="rounded-xl border border-line bg-shade p-6 text-ink-soft">
      {t("coming")}
    </p>
  );
}

export const PlacesMap = dynamic(() => import("./places-map"), { ssr: false, loading: Coming });
export const PickMap = dynamic(() => import("./pick-map"), { ssr: false, loading: Coming });
