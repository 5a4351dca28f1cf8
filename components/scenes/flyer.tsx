import type { ReactNode } from "react";
import { classNames } from "../ui/class-names";

const papers = {
  amber: "bg-face-1",
  clay: "bg-face-2",
  leaf: "bg-face-3",
  sky: "bg-face-4",
  rose: "bg-face-5",
  straw: "bg-face-6",
};
const turns = { left: "-rotate-1", right: "rotate-1", none: "" };
const strips = [0, 1, 2, 3, 4, 5];

/** A note from a noticeboard with strips to tear off; the words on the strips repeat its length. */
export function Flyer({
  eyebrow,
  children,
  strip,
  paper = "amber",
  turn = "none",
  torn,
}: {
  eyebrow: ReactNode;
  children: ReactNode;
  strip: ReactNode;
  paper?: keyof typeof papers;
  turn?: keyof typeof turns;
  /** The strips that somebody has already taken, counted from 0. */
  torn?: readonly number[];
}) {
  return (
    <li className={classNames("flex flex-col text-on-face drop-shadow-sm", turns[turn])}>
      <div
        className={classNames(
          "grid flex-1 grid-cols-1 content-start gap-1 rounded-t-sm px-5 pt-5 pb-6",
          papers[paper],
        )}
      >
        <p className="font-semibold">{eyebrow}</p>
        <p className="font-display text-2xl font-bold tracking-tight text-balance">{children}</p>
      </div>
      <div aria-hidden="true" className="grid grid-cols-6 gap-px">
        {strips.map((index) => (
          <span
            key={index}
            className={classNames(
              "flex h-20 items-center justify-center border-t border-dashed border-on-face/40 text-sm font-semibold whitespace-nowrap [writing-mode:vertical-rl]",
              torn?.includes(index) ? "invisible" : papers[paper],
            )}
          >
            {strip}
          </span>
        ))}
      </div>
    </li>
  );
}
