import { redirect } from "next/navigation";
import { getTranslations } from "@/app/translations";
import { Illustration } from "@/components/scenes/illustration";
import { LinkButton } from "@/components/ui/button";
import { MAIN_ID } from "@/components/ui/page";
import { getActor } from "@/server/api/auth";
import { EvenDials } from "./even-dials";
import { HowItGoes } from "./how-it-goes";
import { NoticeBoard } from "./notice-board";
import { Promises } from "./promises";

/** The landing page: explains what a time bank is. */
export default async function WelcomePage() {
  // Signed-in users go to their communities.
  if (await getActor()) redirect("/communities");
  const t = await getTranslations("welcome");
  return (
    <main id={MAIN_ID} tabIndex={-1}>
      <section className="overflow-hidden bg-sky text-on-sky">
        <div className="mx-auto grid grid-cols-1 max-w-6xl gap-x-12 gap-y-6 px-4 pt-4 sm:px-6 sm:pt-8 lg:grid-cols-[auto_minmax(0,1fr)] lg:items-end">
          <h1 className="text-poster font-extrabold tracking-[-0.025em]">
            {t.rich("headline", { line: (words) => <span className="block">{words}</span> })}
          </h1>
          <div className="grid grid-cols-1 max-w-2xl gap-5">
            <p className="text-lg sm:text-xl sm:leading-snug">{t("lead")}</p>
            <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
              <LinkButton variant="poster" href="/sign-up">
                {t("signUp")}
              </LinkButton>
              <p className="max-w-xs text-sm">{t("invited")}</p>
            </div>
          </div>
        </div>
        <Illustration
          scene="street"
          label={t("street")}
          className="mt-4 h-60 w-full sm:h-80 lg:-mt-6 lg:h-[25rem]"
        />
      </section>
      <HowItGoes />
      <NoticeBoard />
      <EvenDials />
      <Promises />
      <section
        data-theme="dark"
        className="overflow-hidden bg-sky pt-16 text-center text-on-sky sm:pt-24"
      >
        <div className="mx-auto grid grid-cols-1 max-w-3xl justify-items-center gap-6 px-4">
          <h2 className="text-4xl">{t("closingTitle")}</h2>
          <LinkButton href="/sign-up">{t("signUp")}</LinkButton>
        </div>
        <Illustration scene="street" className="mt-6 h-52 w-full sm:h-80" />
      </section>
    </main>
  );
}
