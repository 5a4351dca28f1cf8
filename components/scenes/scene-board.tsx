import { Drawing, type DrawingProps } from "./drawing";

type SlipProps = {
  x: number;
  y: number;
  turn: number;
  paper: string;
  lines: number[];
  torn?: number;
};

/** A note with strips to tear off; one of them is already gone. */
function Slip({ x, y, turn, paper, lines, torn }: SlipProps) {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn}) scale(0.88)`}>
      <rect width="72" height="58" className={paper} />
      {[0, 1, 2, 3, 4].map((strip) =>
        strip === torn ? null : (
          <rect key={strip} x={strip * 14.6} y="58" width="13.6" height="22" className={paper} />
        ),
      )}
      {lines.map((width, index) => (
        <rect
          key={width}
          x="10"
          y={18 + index * 12}
          width={width}
          height="5"
          rx="2.5"
          className="fill-on-lamp"
          opacity={index === 0 ? 1 : 0.45}
        />
      ))}
      <circle cx="36" cy="6" r="5" className="fill-wall-3" />
    </g>
  );
}

/** The noticeboard on its two posts. */
export function Board(props: DrawingProps) {
  return (
    <Drawing viewBox="0 0 320 220" {...props}>
      <ellipse cx="160" cy="208" rx="130" ry="9" className="fill-shade" />
      <path
        d="M62 120v88M258 120v88"
        className="stroke-roof"
        strokeWidth="11"
        strokeLinecap="round"
      />
      <path d="M20 44 160 8l140 36z" className="fill-wall-3" />
      <rect x="34" y="44" width="252" height="128" className="fill-cloth-2" />
      <rect x="42" y="52" width="236" height="112" className="fill-dusk-pale" />
      <Slip x={56} y={72} turn={-4} paper="fill-face-1" lines={[46, 36, 42]} torn={2} />
      <Slip x={131} y={68} turn={3} paper="fill-sun" lines={[38, 48]} torn={4} />
      <Slip x={204} y={73} turn={-2} paper="fill-face-2" lines={[50, 40, 28]} />
    </Drawing>
  );
}
