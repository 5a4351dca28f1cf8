import { getTranslations } from "@/app/translations";
import { Illustration } from "@/components/scenes/illustration";

/** The three steps of every exchange, in their order. */
export async function HowItGoes() {
  const t = await getTranslations("welcome");
  const steps = [
    { scene: "board", title: t("howOfferTitle"), text: t("howOfferText") },
    { scene: "table", title: t("howMeetTitle"), text: t("howMeetText") },
    { scene: "neighbours", title: t("howSettleTitle"), text: t("howSettleText") },
  ] as const;
  return (
    <section className="mx-auto grid grid-cols-1 w-full max-w-6xl gap-8 px-4 py-16 sm:px-6 sm:py-24">
      <h2 className="text-4xl">{t("howTitle")}</h2>
      <ol className="grid grid-cols-1 gap-10 md:grid-cols-3 md:gap-8">
        {steps.map((step, index) => (
          <li key={step.scene} className="grid grid-cols-1 content-start gap-3">
            <Illustration scene={step.scene} className="w-full max-w-80" />
            <h3 className="flex items-baseline gap-3 text-2xl">
              <span className="text-lamp-ink">{index + 1}</span>
              {step.title}
            </h3>
            <p className="max-w-prose text-ink-soft">{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
