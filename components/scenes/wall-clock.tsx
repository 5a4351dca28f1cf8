/** The clock of the scenes, at six: both halves are whole, whatever else happens. */
export function WallClock({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`} strokeWidth="3.5" strokeLinecap="round">
      <path d="M-1.5-30a30 30 0 0 0 0 60z" className="fill-ink" />
      <path d="M1.5-30a30 30 0 0 1 0 60z" className="fill-lamp" />
      <path d="M-20 0h5M-14-14l3 3M-14 14l3-3" className="stroke-paper" />
      <path d="M14-14l-3 3M14 14l-3-3M20 0h-5" className="stroke-on-lamp" />
    </g>
  );
}
