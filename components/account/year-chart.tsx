import { useFormatter, useTranslations } from "next-intl";
import { hoursText } from "@/components/hours";
import type { Outputs } from "@/components/trpc";

export type Year = Outputs["account"]["year"];

/** All lengths are units of the drawing, which is as wide as a phone. */
const WIDTH = 360;
const ROW = 52;
const BAR = 16;
/** Where bars begin, after the name of the month, and how long the longest is. */
const START = 84;
const LONGEST = 168;

/**
 * What was given and received in each month, as two bars with their figures: the given one is plain
 * and above, the received one is striped and below, so that nothing depends on colour.
 */
export function YearChart({ months, label }: { months: Year["months"]; label: string }) {
  const ui = useTranslations("ui");
  const format = useFormatter();
  const most = Math.max(60, ...months.flatMap(({ given, received }) => [given, received]));
  const lengthOf = (minutes: number) => (minutes / most) * LONGEST;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${months.length * ROW}`}
      // Drawn from left to right in every language; the same figures stand in the table.
      className="w-full max-w-[34rem] fill-ink text-[15px] [direction:ltr]"
    >
      <Stripes />
      {months.map(({ month, given, received }, index) => {
        const top = index * ROW;
        return (
          <g key={month}>
            <text x={0} y={top + 30}>
              {monthText(format, month)}
            </text>
            <line
              {...{ x1: START, x2: START, y1: top + 4, y2: top + ROW - 4 }}
              className="stroke-edge"
            />
            {(
              [
                ["given", given, top + 8],
                ["received", received, top + 8 + BAR + 2],
              ] as const
            ).map(
              ([side, minutes, y]) =>
                minutes > 0 && (
                  <g key={side}>
                    <rect
                      {...{ x: START, y, height: BAR, width: Math.max(2, lengthOf(minutes)) }}
                      className="stroke-ink"
                      fill={looks[side]}
                    />
                    <text x={START + lengthOf(minutes) + 6} y={y + 13}>
                      {hoursText(ui, minutes)}
                    </text>
                  </g>
                ),
            )}
          </g>
        );
      })}
    </svg>
  );
}

const looks = { given: "var(--color-lamp)", received: "url(#received-stripes)" };

function Stripes() {
  return (
    <defs>
      <pattern
        id="received-stripes"
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={6} height={6} fill="var(--color-sheet)" />
        <rect width={3} height={6} fill="var(--color-received)" />
      </pattern>
    </defs>
  );
}

/** What the two looks of bars stand for. */
export function YearLegend() {
  const t = useTranslations("account");
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {(["given", "received"] as const).map((side) => (
        <li key={side} className="inline-flex items-center gap-2">
          <svg aria-hidden="true" viewBox="0 0 28 16" className="h-4 w-7">
            <rect
              x="0.5"
              y="0.5"
              width="27"
              height="15"
              className="stroke-ink"
              fill={looks[side]}
            />
          </svg>
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
