import { getTranslations } from "@/app/translations";
import { Hours } from "@/components/format/hours";
import { Flyer } from "@/components/scenes/flyer";

/** Six notes as they might hang there: as many needs as offers, none of them a profession. */
export async function NoticeBoard() {
  const t = await getTranslations("welcome");
  return (
    <section className="bg-shade">
      <div className="mx-auto grid grid-cols-1 max-w-6xl gap-8 px-4 py-16 sm:px-6 sm:py-24">
        <div className="grid grid-cols-1 gap-2">
          <h2 className="text-4xl">{t("boardTitle")}</h2>
          <p className="text-lg text-ink-soft">{t("boardLead")}</p>
        </div>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,16rem),1fr))] gap-6">
          <Flyer
            eyebrow={t("offerWord")}
            strip={<Hours minutes={60} />}
            paper="amber"
            turn="left"
            torn={[1, 4]}
          >
            {t("slipBike")}
          </Flyer>
          <Flyer
            eyebrow={t("requestWord")}
            strip={<Hours minutes={45} />}
            paper="sky"
            turn="right"
            torn={[0]}
          >
            {t("slipLetter")}
          </Flyer>
          <Flyer eyebrow={t("offerWord")} strip={<Hours minutes={90} />} paper="clay" torn={[2, 3]}>
            {t("slipSoup")}
          </Flyer>
          <Flyer
            eyebrow={t("requestWord")}
            strip={<Hours minutes={30} />}
            paper="straw"
            turn="right"
          >
            {t("slipSofa")}
          </Flyer>
          <Flyer
            eyebrow={t("offerWord")}
            strip={<Hours minutes={60} />}
            paper="leaf"
            turn="left"
            torn={[0, 1, 5]}
          >
            {t("slipPortuguese")}
          </Flyer>
          <Flyer eyebrow={t("requestWord")} strip={<Hours minutes={120} />} paper="rose" torn={[3]}>
            {t("slipCat")}
          </Flyer>
        </ul>
      </div>
    </section>
  );
}
