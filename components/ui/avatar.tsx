import { initialsOf } from "@/domain/member/person-name";
import { classNames } from "./class-names";

const grounds = [
  "bg-face-1",
  "bg-face-2",
  "bg-face-3",
  "bg-face-4",
  "bg-face-5",
  "bg-face-6",
] as const;
const sizes = {
  small: "size-8 text-[min(0.8333rem,22px)]",
  medium: "size-11 text-[min(1rem,28px)]",
  large: "size-20 text-2xl",
};

/** A colour derived from the name. */
const groundOf = (name: string) => {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return grounds[sum % grounds.length];
};

/** The length of a side in pixels, which reserves space until the photo is loaded. */
const pixels = { small: 36, medium: 50, large: 90 };

/**
 * A member's photo or initials on a disc. The name is beside it, so that screen readers skip the disc
 * unless `label` is given.
 */
export function Avatar({
  name,
  src,
  size = "medium",
  label,
  isFirst = false,
}: {
  name: string;
  /** The URL of a square photo. */
  src?: string | undefined;
  size?: keyof typeof sizes;
  label?: string;
  /** Loads a photo at the top of a page at once; others are loaded when they come into view. */
  isFirst?: boolean;
}) {
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <span
      {...named}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full font-display font-bold leading-none text-on-face select-none",
        groundOf(name),
        sizes[size],
      )}
    >
      {src ? (
        // biome-ignore lint/performance/noImgElement: photos are private and already as small as they should be
        <img
          src={src}
          alt=""
          width={pixels[size]}
          height={pixels[size]}
          loading={isFirst ? "eager" : "lazy"}
          decoding="async"
          className="size-full object-cover"
        />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}
