import { useFormatter } from "next-intl";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";

export type Year = Outputs["account"]["year"];

/** The share of the row's width that the longest bar takes; its figure comes after it. */
const MAX_BAR_SHARE = 0.9;

/**
 * The hours given and received in each month as two bars with figures: given plain and above, received
 * striped and below, so that nothing depends on colour. All of it is text and boxes, which scale with
 * the reader's font size.
 */
export function YearChart({ months, label }: { months: Year["months"]; label: string }) {
  const ui = useTranslations("ui");
  const format = useFormatter();
  const most = Math.max(60, ...months.flatMap(({ given, received }) => [given, received]));
  return (
    <div role="img" aria-label={label} className="@container max-w-[34rem]">
      {months.map(({ month, given, received }) => (
        <div
          key={month}
          className="grid grid-cols-1 items-center gap-x-3 pb-2 @min-[14rem]:grid-cols-[5rem_minmax(0,1fr)]"
        >
          <span>{monthText(format, month)}</span>
          <div className="grid min-h-11 grid-cols-1 content-center border-s border-edge">
            {(
              [
                ["given", given],
                ["received", received],
              ] as const
            ).map(
              ([side, minutes]) =>
                minutes > 0 && (
                  <div key={side} className="flex items-center gap-1.5 leading-tight">
                    <Bar side={side} share={(minutes / most) * MAX_BAR_SHARE} />
                    <span className="shrink-0">{hoursText(ui, minutes)}</span>
                    <span style={{ flex: `${1 - (minutes / most) * MAX_BAR_SHARE} 1 0` }} />
                  </div>
                ),
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

const looks = {
  given: "bg-lamp",
  received:
    "bg-[repeating-linear-gradient(45deg,var(--color-received)_0_3px,var(--color-sheet)_3px_6px)]",
};

const Bar = ({ side, share }: { side: keyof typeof looks; share: number }) => (
  <span
    style={{ flex: `${share} 1 0` }}
    className={`h-4 min-w-0.5 border border-ink forced-color-adjust-none ${looks[side]}`}
  />
);

/** The legend. */
export function YearLegend() {
  const t = useTranslations("account");
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {(["given", "received"] as const).map((side) => (
        <li key={side} className="inline-flex items-center gap-2">
          <span aria-hidden="true" className="inline-flex w-7">
            <Bar side={side} share={1} />
          </span>
          {t(side)}
        </li>
      ))}
    </ul>
  );
}

/** "Nov 2026". A month has no time zone: its middle is in the same month everywhere. */
export const monthText = (format: ReturnType<typeof useFormatter>, month: string): string =>
  format.dateTime(new Date(`${month}-15T12:00:00Z`), {
    timeZone: "UTC",
    month: "short",
    year: "numeric",
  });
