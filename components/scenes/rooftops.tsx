import { useId } from "react";

/** The page begins as a row of roofs against the sky; after dark there is light in the windows. */
export function Rooftops() {
  const id = useId();
  return (
    <svg aria-hidden="true" height="28" className="block h-[28px] w-full bg-sky">
      <defs>
        <pattern id={id} width="560" height="28" patternUnits="userSpaceOnUse">
          <path
            d="M0 29V20l22-13 22 13h8V9h34v8h10V8h6v6l20-10 24 12v4h20a17 17 0 0 1 34 0h8l26-15 26 15h10v-9h44v9h12V7h8v4l18-8 22 11v6h14l10-9h32l10 9h12a15 15 0 0 1 30 0h8v-6h30v6h24v9z"
            className="fill-paper"
          />
          <path
            d="M18 18h6v7h-6zM62 15h5v6h-5zM72 15h5v6h-5zM126 15h6v7h-6zM240 18h6v7h-6zM300 17h5v6h-5zM312 17h5v6h-5zM366 14h6v7h-6zM426 16h5v6h-5zM440 16h5v6h-5zM524 19h5v6h-5z"
            className="fill-lamp"
          />
        </pattern>
      </defs>
      <rect width="100%" height="28" fill={`url(#${id})`} />
    </svg>
  );
}
