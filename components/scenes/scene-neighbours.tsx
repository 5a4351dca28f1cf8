import { Drawing, type DrawingProps } from "./drawing";

/** Two neighbours, each holding one half of a clock face; between them it is whole. */
export function Neighbours(props: DrawingProps) {
  return (
    <Drawing viewBox="0 0 320 220" {...props}>
      <ellipse cx="160" cy="208" rx="150" ry="9" className="fill-shade" />
      {/* left: long coat, bun */}
      <path d="M30 208c0-62 10-92 44-92s44 30 44 92z" className="fill-cloth-1" />
      <circle cx="76" cy="84" r="26" className="fill-skin-1" />
      <path
        d="M50 86c-2-24 12-36 28-35 16 0 26 11 25 25-12 2-22-3-28-12-3 12-12 20-25 22z"
        className="fill-roof"
      />
      <circle cx="62" cy="48" r="11" className="fill-roof" />
      <path
        d="M92 140c14 6 26 2 36-14"
        className="stroke-cloth-1"
        strokeWidth="17"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="131" cy="121" r="9" className="fill-skin-1" />
      {/* right: jumper, cap of grey hair */}
      <path d="M202 208c0-58 12-84 44-84s44 26 44 84z" className="fill-cloth-2" />
      <circle cx="244" cy="94" r="26" className="fill-skin-2" />
      <path
        d="M270 96c4-26-12-38-28-37-14 1-24 10-24 22 18 3 32-1 40-8 1 10 5 18 12 23z"
        className="fill-edge"
      />
      <path
        d="M228 148c-14 4-26-2-36-20"
        className="stroke-cloth-2"
        strokeWidth="17"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="189" cy="123" r="9" className="fill-skin-2" />
      {/* the two halves */}
      <path d="M156 60a46 46 0 0 0 0 92z" className="fill-ink" />
      <path d="M164 60a46 46 0 0 1 0 92z" className="fill-lamp" />
      <path
        d="M119 106h7M130 80l5 4M130 132l5-4"
        className="stroke-paper"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <path
        d="M201 106h-7M190 80l-5 4M190 132l-5-4"
        className="stroke-on-lamp"
        strokeWidth="4"
        strokeLinecap="round"
      />
      {/* thumbs in front of the halves */}
      <circle cx="124" cy="126" r="7" className="fill-skin-1" />
      <circle cx="196" cy="127" r="7" className="fill-skin-2" />
    </Drawing>
  );
}
