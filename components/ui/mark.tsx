import { classNames } from "./class-names";

const grounds = {
  paper: { received: "fill-ink", given: "fill-lamp", hands: "stroke-paper", pin: "fill-paper" },
  sky: { received: "fill-on-sky", given: "fill-sheet dark:fill-lamp", hands: "stroke-sky", pin: "fill-sky" },
};

/**
 * The mark: a clock at six. The hands make one straight line and part the face into two equal
 * halves, what was given and what was received.
 */
export function Mark({
  className,
  label,
  ground = "paper",
}: {
  className?: string;
  label?: string;
  /** On the amber sky the given half is white, so that it can be seen. */
  ground?: "paper" | "sky";
}) {
  const { received, given, hands, pin } = grounds[ground];
  return (
    <svg
      viewBox="0 0 48 48"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      className={classNames("shrink-0", className ?? "size-9")}
    >
      <path d="M24 2a22 22 0 0 0 0 44z" className={received} />
      <path d="M24 2a22 22 0 0 1 0 44z" className={given} />
      <path d="M24 7.5V24" className={hands} strokeWidth="3" strokeLinecap="round" />
      <path d="M24 24v12" className={hands} strokeWidth="4.5" strokeLinecap="round" />
      <circle cx="24" cy="24" r="4" className={pin} />
    </svg>
  );
}
