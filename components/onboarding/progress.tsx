import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { classNames } from "@/components/ui/class-names";

const STEPS = ["about", "offer", "request"] as const;

/** The three steps as half moons that fill; each can be opened again. */
export function Progress({
  community,
  step,
  done,
}: {
  community: string;
  /** 1 to 3, and 4 at the end. */
  step: number;
  done: readonly boolean[];
}) {
  const t = useTranslations("onboarding");
  return (
    <nav aria-label={t("steps")}>
      <ol className="grid gap-2 sm:grid-cols-3">
        {STEPS.map((name, index) => {
          const isHere = step === index + 1;
          return (
            <li key={name}>
              <Link
                href={`/${community}/start?step=${index + 1}`}
                aria-current={isHere ? "step" : undefined}
                className={classNames(
                  "flex min-h-11 items-center gap-3 rounded-lg border-[1.5px] px-3 py-2 leading-tight",
                  isHere ? "border-ink bg-lamp-pale font-semibold" : "border-line bg-sheet",
                )}
              >
                <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5 shrink-0">
                  <circle
                    cx="10"
                    cy="10"
                    r="8.5"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="2"
                  />
                  {done[index] && <circle cx="10" cy="10" r="8" className="fill-lamp" />}
                  {done[index] && (
                    <path
                      d="m6 10.4 2.8 2.8L14.2 7.4"
                      fill="none"
                      className="stroke-on-lamp"
                      strokeWidth="2"
                      strokeLinecap="round"
                      strokeLinejoin="round"
                    />
                  )}
                </svg>
                <span className="min-w-0">
                  <span className="block text-sm text-ink-soft">
                    {done[index] ? t("done") : t("step", { step: index + 1 })}
                  </span>
                  {t(name)}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
