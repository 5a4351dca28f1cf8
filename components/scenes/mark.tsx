import { classNames } from "../ui/class-names";
import { Drawing, type DrawingProps } from "./drawing";

const grounds = {
  paper: {
    received: "fill-ink",
    onReceived: "stroke-paper",
    given: "fill-lamp",
    onGiven: "stroke-on-lamp",
  },
  sky: {
    received: "fill-on-sky",
    onReceived: "stroke-sky",
    given: "fill-sheet dark:fill-lamp",
    onGiven: "stroke-on-lamp",
  },
};

/**
 * The mark: a clock at six. The hands make one straight line, the gap, and part the face into two
 * equal halves: what was given and what was received.
 */
export function Mark({
  className,
  label,
  ground = "paper",
}: DrawingProps & {
  /** On the amber sky the given half is white, so that it can be seen. */
  ground?: "paper" | "sky";
}) {
  const { received, onReceived, given, onGiven } = grounds[ground];
  return (
    <Drawing
      viewBox="0 0 48 48"
      label={label}
      className={classNames("shrink-0", className ?? "size-9")}
    >
      <path d="M22.75 2.04a22 22 0 0 0 0 43.92z" className={received} />
      <path d="M25.25 2.04a22 22 0 0 1 0 43.92z" className={given} />
      <path
        d="M14.5 33.5L11.6 36.4M10.5 24L6.5 24M14.5 14.5L11.6 11.6"
        className={onReceived}
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path
        d="M33.5 14.5L36.4 11.6M37.5 24L41.5 24M33.5 33.5L36.4 36.4"
        className={onGiven}
        strokeWidth="3"
        strokeLinecap="round"
      />
    </Drawing>
  );
}
