import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { CachedPages } from "@/components/offline/cached-list";
import { Illustration } from "@/components/scenes/illustration";
import { SiteHeader } from "@/components/ui/nav";
import { Page } from "@/components/ui/page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offline");
  return { title: t("title"), robots: { index: false } };
}

/** Shown offline in place of a page that is not cached. It must contain nothing personal. */
export default async function OfflinePage() {
  const [t, site] = await Promise.all([getTranslations("offline"), getTranslations("site")]);
  return (
    <>
      <SiteHeader home={{ href: "/", label: site("name") }} />
      <Page title={t("title")} lead={t("lead")} width="reading">
        <Illustration scene="line" className="w-full max-w-96" />
        <CachedPages />
      </Page>
    </>
  );
}
