import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { hourTicks, place, rangeOf, sector } from "./dial-geometry";

export type DialProps = {
  /** All in minutes; the floor is negative. */
  balance: number;
  floor: number;
  /** Promised in agreed exchanges and not yet settled. */
  held?: number;
  softFloor?: number;
  softCeiling?: number;
  /** The whole state in one sentence, for those who do not see the picture. */
  label: string;
  /** The balance in words and figures, large; usually `<Hours>`. */
  value?: ReactNode;
  /** A sentence under it. */
  caption?: ReactNode;
  /** The words for the two halves: received, given. */
  receivedLabel?: ReactNode;
  givenLabel?: ReactNode;
  size?: "small" | "large";
};

/**
 * The balance as a clock face around zero, which is at the top. What was given turns the hand to
 * the right in lamplight; what was received turns it to the left in dusk. Both are ordinary: there
 * is no red on it.
 */
export function Dial({
  balance,
  floor,
  held = 0,
  softFloor,
  softCeiling,
  label,
  value,
  caption,
  receivedLabel,
  givenLabel,
  size = "large",
}: DialProps) {
  const range = rangeOf(floor, balance, balance - held);
  const hand = place(balance, range, 68);
  const floorMark = { from: place(floor, range, 78), to: place(floor, range, 97) };
  const soft = [softFloor, softCeiling].filter(
    (limit): limit is number => limit !== undefined && Math.abs(limit) < range && limit !== floor,
  );
  return (
    <figure className="@container grid w-full justify-items-center gap-3 text-center">
      <svg
        role="img"
        aria-label={label}
        viewBox="-104 -104 208 208"
        className={size === "large" ? "w-full max-w-64" : "w-full max-w-36"}
      >
        <circle r="100" className="fill-sheet stroke-ink" strokeWidth="5" />
        {balance !== 0 && (
          <path
            d={sector(0, balance, range, 76)}
            className={balance < 0 ? "fill-received" : "fill-lamp"}
          />
        )}
        {held > 0 && (
          <path
            d={sector(balance, balance - held, range, 76)}
            className="fill-received/20 stroke-dusk"
            strokeWidth="2"
            strokeDasharray="4 4"
            strokeLinejoin="round"
          />
        )}
        {hourTicks(range).map((tick) => (
          <line
            key={tick.minutes}
            {...tick.line}
            className={tick.strong ? "stroke-ink" : "stroke-edge"}
            strokeWidth={tick.strong ? 4 : 2}
            strokeLinecap="round"
          />
        ))}
        {soft.map((limit) => {
          const at = place(limit, range, 87);
          return (
            <circle
              key={limit}
              cx={at.x}
              cy={at.y}
              r="4"
              className="fill-sheet stroke-ink-soft"
              strokeWidth="2"
            />
          );
        })}
        <line
          x1={floorMark.from.x}
          y1={floorMark.from.y}
          x2={floorMark.to.x}
          y2={floorMark.to.y}
          className="stroke-dusk"
          strokeWidth="7"
        />
        <line
          x2={hand.x}
          y2={hand.y}
          className="stroke-ink"
          strokeWidth="8"
          strokeLinecap="round"
        />
        <circle r="10" className="fill-ink" />
        <circle r="3.5" className="fill-sheet" />
      </svg>
      {(receivedLabel || givenLabel) && (
        <p className="flex flex-wrap justify-center gap-x-5 gap-y-1 text-sm text-ink-soft">
          <Half side="start" label={receivedLabel} />
          <Half side="end" label={givenLabel} />
        </p>
      )}
      {(value || caption) && (
        <figcaption className="grid gap-1">
          {value && (
            <span
              className={classNames(
                // In one line: very large letters grow no further than the dial is wide.
                "font-display text-[min(1.25rem,12cqi)] font-bold tracking-tight",
                size === "large" && "@[12rem]:text-3xl",
              )}
            >
              {value}
            </span>
          )}
          {caption && <span className="text-ink-soft">{caption}</span>}
        </figcaption>
      )}
    </figure>
  );
}

function Half({ side, label }: { side: "start" | "end"; label: ReactNode }) {
  if (!label) return null;
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
        <circle cx="8" cy="8" r="6.5" fill="none" className="stroke-ink-soft" strokeWidth="1.5" />
        {side === "start" ? (
          <path d="M8 1.5a6.5 6.5 0 0 0 0 13z" className="fill-received" />
        ) : (
          <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" className="fill-lamp" />
        )}
      </svg>
      {label}
    </span>
  );
}
