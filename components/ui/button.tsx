import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "poster";

const base =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-full border-2 px-5 py-2 text-center " +
  "font-semibold leading-tight no-underline transition-colors";

/** The look of each kind of button; one primary a screen. */
const looks: Record<ButtonVariant, string> = {
  primary:
    "border-on-lamp bg-lamp text-on-lamp enabled:hover:bg-lamp-bright [a]:hover:bg-lamp-bright dark:border-lamp",
  secondary:
    "border-ink bg-sheet text-ink enabled:hover:bg-shade [a]:hover:bg-shade dark:bg-transparent",
  quiet:
    "border-transparent px-3 text-ink underline decoration-lamp-ink decoration-2 underline-offset-4 " +
    "enabled:hover:bg-shade [a]:hover:bg-shade",
  danger:
    "border-brick bg-sheet text-brick enabled:hover:bg-brick enabled:hover:text-on-brick " +
    "[a]:hover:bg-brick [a]:hover:text-on-brick dark:bg-transparent",
  // Only on the drawn sky, where lamplight on lamplight would not be seen.
  poster:
    "border-on-sky bg-on-sky text-sky [a]:hover:bg-transparent [a]:hover:text-on-sky enabled:hover:bg-transparent enabled:hover:text-on-sky",
};

/** A button that waits keeps its look; one that cannot be used is drawn flat and dashed. */
const unusable =
  "disabled:border-dashed disabled:border-edge disabled:bg-shade disabled:text-ink-soft disabled:no-underline";

export type ButtonProps = Omit<ComponentProps<"button">, "className"> & {
  variant?: ButtonVariant;
  /** The whole width of its column, as the one thing to do on a phone. */
  wide?: boolean;
  /** While something is being sent: the button says so and cannot send twice. */
  pending?: boolean;
  /** What it says while pending, for example "Sending …". */
  pendingLabel?: ReactNode;
};

export function Button({
  variant = "primary",
  wide = false,
  pending = false,
  pendingLabel,
  disabled,
  type = "button",
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={classNames(base, looks[variant], !pending && unusable, wide && "w-full")}
    >
      {pending && <Turning />}
      <span aria-live="polite">{pending ? (pendingLabel ?? children) : children}</span>
    </button>
  );
}

/** A link that looks like a button; it navigates and changes nothing. */
export function LinkButton({
  variant = "primary",
  wide = false,
  ...rest
}: Omit<ComponentProps<typeof Link>, "className"> & { variant?: ButtonVariant; wide?: boolean }) {
  return <Link {...rest} className={classNames(base, looks[variant], wide && "w-full")} />;
}

/** Buttons side by side, wrapping where space is short. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}

/** A spinner: half a clock face. */
function Turning() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="size-4 shrink-0 animate-[spin_900ms_linear_infinite]"
    >
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor" />
    </svg>
  );
}
