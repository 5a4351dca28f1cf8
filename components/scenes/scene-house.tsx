type HouseProps = {
  x: number;
  width: number;
  height: number;
  wall: string;
  roof: "gable" | "flat" | "hip" | "round";
  windows: [number, number][];
  lit?: number[];
  door?: number;
  chimney?: number;
};

/** The line that all houses stand on. */
export const ground = 360;

const roofOf = ({ x, width, height, roof }: HouseProps) => {
  const top = ground - height;
  const right = x + width;
  switch (roof) {
    case "gable":
      return `M${x - 10} ${top} L${x + width / 2} ${top - width * 0.42} L${right + 10} ${top} Z`;
    case "hip":
      return `M${x - 8} ${top} L${x + width * 0.22} ${top - 46} H${x + width * 0.78} L${right + 8} ${top} Z`;
    case "round":
      return `M${x} ${top + 1} A${width / 2} ${width / 2} 0 0 1 ${right} ${top + 1} Z`;
    case "flat":
      return `M${x - 6} ${top - 12} H${right + 6} V${top} H${x - 6} Z`;
  }
};

/** One house in the colour `wall` (a text-… class): windows are [column, row] on a grid of its wall; some are lit. */
export function House(props: HouseProps) {
  const { x, width, height, wall, windows, lit = [], door, chimney } = props;
  const top = ground - height;
  const dark = wall === "text-wall-2" ? "fill-wall-4" : "fill-sky";
  return (
    <g className={wall} fill="currentColor">
      {chimney !== undefined && <rect x={x + chimney} y={top - 62} width="18" height="62" />}
      <path d={roofOf(props)} className={props.roof === "round" ? undefined : "fill-roof"} />
      <rect x={x} y={top - 1} width={width} height={height + 2} />
      {windows.map(([column, row], index) => (
        <g key={`${column}-${row}`}>
          <rect
            x={x + column}
            y={top + row}
            width="26"
            height="34"
            className={lit.includes(index) ? "fill-window" : dark}
            opacity={lit.includes(index) ? 1 : 0.75}
          />
          <path
            d={`M${x + column + 13} ${top + row}v34M${x + column} ${top + row + 15}h26`}
            stroke="currentColor"
            strokeWidth="2.5"
          />
        </g>
      ))}
      {door !== undefined && (
        <path d={`M${x + door} ${ground} v-50 a17 17 0 0 1 34 0 v50 Z`} className="fill-window" />
      )}
    </g>
  );
}
