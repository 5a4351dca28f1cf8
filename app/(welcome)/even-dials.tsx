import { getTranslations } from "@/app/translations";
import { Hours } from "@/components/format/hours";
import { Dial } from "@/components/ui/dial";
import { defaultRules } from "@/domain/community/community";

/** An hour and a half, as in the first exchange that anyone makes here. */
const MINUTES = 90;

/** Two neighbours' dials: what one gave is what the other received. */
export async function EvenDials() {
  const t = await getTranslations("welcome");
  const { floor } = defaultRules;
  return (
    <section className="mx-auto grid grid-cols-1 w-full max-w-6xl items-center gap-10 px-4 py-16 sm:px-6 sm:py-24 lg:grid-cols-2">
      <div className="grid grid-cols-1 gap-4">
        <h2 className="text-4xl">{t("evenTitle")}</h2>
        <p className="text-lg">{t("evenText")}</p>
        <p className="text-ink-soft">{t("evenBelow")}</p>
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-4">
        <Dial
          balance={MINUTES}
          floor={floor}
          label={t("evenGiverDial")}
          value={<Hours minutes={MINUTES} signed />}
          caption={t("evenGiverCaption")}
        />
        <Dial
          balance={-MINUTES}
          floor={floor}
          label={t("evenReceiverDial")}
          value={<Hours minutes={-MINUTES} signed />}
          caption={t("evenReceiverCaption")}
        />
      </div>
    </section>
  );
}
