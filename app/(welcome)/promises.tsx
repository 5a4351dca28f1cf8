import { getTranslations } from "@/app/translations";

export async function Promises() {
  const t = await getTranslations("welcome");
  const promises = [
    [t("promiseEqualTitle"), t("promiseEqualText")],
    [t("promiseWorthTitle"), t("promiseWorthText")],
    [t("promiseOpenTitle"), t("promiseOpenText")],
    [t("promiseOwnTitle"), t("promiseOwnText")],
  ] as const;
  return (
    <section className="bg-lamp-pale dark:bg-paper">
      <div className="mx-auto grid grid-cols-1 max-w-6xl gap-8 px-4 py-16 sm:px-6 sm:py-24 lg:grid-cols-[1fr_2fr]">
        <h2 className="text-4xl">{t("promiseTitle")}</h2>
        <dl className="grid grid-cols-1 gap-x-10 gap-y-8 sm:grid-cols-2">
          {promises.map(([title, text]) => (
            <div
              key={title}
              className="grid grid-cols-1 content-start gap-1 border-t-2 border-ink pt-3"
            >
              <dt className="font-display text-2xl font-bold tracking-tight">{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
