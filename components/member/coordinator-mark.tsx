/** The badge as a drawing; its label is for screen readers and pointers. */
export function CoordinatorMark({ label }: { label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 20 20"
      className="inline-block size-[1.1em] shrink-0 align-[-0.15em] text-dusk"
      data-badge="coordinator"
    >
      <title>{label}</title>
      <path d="M10 1.5 17 4v5.2c0 4.2-2.8 7.5-7 9.3-4.2-1.8-7-5.1-7-9.3V4z" fill="currentColor" />
      <path
        d="m6.7 9.9 2.4 2.4 4.3-4.7"
        fill="none"
        stroke="var(--color-sheet)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
