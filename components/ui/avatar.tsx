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

/** The same name always has the same colour. */
const groundOf = (name: string) => {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return grounds[sum % grounds.length];
};

/** The length of a side in pixels, to keep the place until a photo is there. */
const pixels = { small: 36, medium: 50, large: 90 };

/**
 * A person as a disc with their photo, or with initials. The name stands beside it, so readers skip
 * the disc unless `label` is given.
 */
export function Avatar({
  name,
  src,
  size = "medium",
  label,
  isFirst = false,
}: {
  name: string;
  /** The address of a square photo. */
  src?: string | undefined;
  size?: keyof typeof sizes;
  label?: string;
  /** A photo at the top of a page is loaded at once, others when they come into view. */
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
