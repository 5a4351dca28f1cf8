import { Drawing, type DrawingProps } from "./drawing";
import { WallClock } from "./wall-clock";

function Cup({ x, tone, flip }: { x: number; tone: string; flip?: boolean }) {
  return (
    <g
      className={tone}
      fill="currentColor"
      transform={flip ? `translate(${x * 2} 0) scale(-1 1)` : undefined}
    >
      <path
        d={`M${x + 24} 104c20-5 24 26 -2 24`}
        fill="none"
        stroke="currentColor"
        strokeWidth="7"
      />
      <path d={`M${x - 28} 94h56v10a28 32 0 0 1-56 0z`} />
      <rect x={x - 36} y="135" width="72" height="6" rx="3" />
      <path
        d={`M${x - 8} 82c-6-8 6-12 0-22M${x + 8} 82c-6-8 6-12 0-22`}
        fill="none"
        className="stroke-edge"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </g>
  );
}

/** A table, two cups, and the clock on the wall at six: an hour spent together. */
export function Table(props: DrawingProps) {
  return (
    <Drawing viewBox="0 0 320 220" {...props}>
      <ellipse cx="160" cy="208" rx="130" ry="9" className="fill-shade" />
      <WallClock x={160} y={44} />
      <rect x="24" y="141" width="272" height="14" rx="7" className="fill-wall-3" />
      <path
        d="M60 155 46 208M260 155l14 53"
        className="stroke-wall-3"
        strokeWidth="11"
        strokeLinecap="round"
      />
      <Cup x={94} tone="text-cloth-2" flip />
      <Cup x={226} tone="text-face-1" />
      <ellipse cx="160" cy="136" rx="30" ry="5" className="fill-edge" />
      <circle cx="148" cy="127" r="9" className="fill-face-6" />
      <circle cx="168" cy="126" r="10" className="fill-face-2" />
    </Drawing>
  );
}
