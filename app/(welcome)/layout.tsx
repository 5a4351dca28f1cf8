import Link from "next/link";
import type { ReactNode } from "react";
import { getTranslations } from "@/app/translations";
import { RevocationBanner } from "@/components/identity/revocation-banner";
import { LanguageLinks } from "@/components/language-links";
import { Mark } from "@/components/scenes/mark";
import { getActor } from "@/server/api/auth";

/** The public front: every page here works without a sign-in. */
export default async function WelcomeLayout({ children }: { children: ReactNode }) {
  const [site, t, actor] = await Promise.all([
    getTranslations("site"),
    getTranslations("welcome"),
    getActor(),
  ]);
  return (
    <>
      <header className="bg-sky text-on-sky">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-2 px-4 py-3 sm:px-6">
          <Link href="/" className="flex min-h-11 items-center gap-2.5 rounded-full">
            <Mark ground="sky" className="size-9" />
            <span className="font-display text-xl font-bold tracking-tight">{site("name")}</span>
          </Link>
          <Link
            href={actor ? "/communities" : "/sign-in"}
            className="-mr-2 ml-auto inline-flex min-h-11 items-center rounded-full px-2 font-semibold underline decoration-2 underline-offset-4 hover:decoration-4"
          >
            {t(actor ? "toCommunities" : "signIn")}
          </Link>
        </div>
      </header>
      {actor?.hasNotice && <RevocationBanner />}
      {children}
      <footer
        data-theme="dark"
        className="bg-roof px-4 py-8 text-center text-sm text-on-roof sm:px-6"
      >
        <p>{t("footer")}</p>
        <LanguageLinks />
      </footer>
    </>
  );
}
