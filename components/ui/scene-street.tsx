import type { SVGProps } from "react";

type HouseProps = { x: number; width: number; height: number; wall: string; roof: "gable" | "flat" | "hip" | "round"; windows: [number, number][]; lit?: number[]; door?: number; chimney?: number };

/** The ground line of the drawing. */
const ground = 360;

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

/** One house: windows are [column, row] on a grid of its wall; some are lit. */
function House(props: HouseProps) {
  const { x, width, height, wall, windows, lit = [], door, chimney } = props;
  const top = ground - height;
  const dark = wall === "fill-wall-2" ? "fill-wall-4" : "fill-sky";
  return (
    <g>
      {chimney !== undefined && <rect x={x + chimney} y={top - 62} width="18" height="62" className={wall} />}
      <path d={roofOf(props)} className={props.roof === "round" ? wall : "fill-roof"} />
      <rect x={x} y={top - 1} width={width} height={height + 2} className={wall} />
      {windows.map(([column, row], index) => (
        <g key={`${column}-${row}`}>
          <rect x={x + column} y={top + row} width="26" height="34" className={lit.includes(index) ? "fill-window" : dark} opacity={lit.includes(index) ? 1 : 0.75} />
          <path d={`M${x + column + 13} ${top + row}v34M${x + column} ${top + row + 15}h26`} className={wall.replace("fill-", "stroke-")} strokeWidth="2.5" />
        </g>
      ))}
      {door !== undefined && <path d={`M${x + door} ${ground} v-50 a17 17 0 0 1 34 0 v50 Z`} className="fill-window" />}
    </g>
  );
}

/** A street, and behind it half a clock face that could be the sun or a lamp. */
export function Street(props: SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 1200 380" preserveAspectRatio="xMidYMax slice" {...props}>
      <g>
        <path d="M349 360a260 260 0 0 1 520 0z" className="fill-sun" />
        {Array.from({ length: 13 }, (_, hour) => {
          const turn = (hour * Math.PI) / 12;
          const at = (radius: number) => `${(609 - Math.cos(turn) * radius).toFixed(1)} ${(360 - Math.sin(turn) * radius).toFixed(1)}`;
          const inner = hour % 3 === 0 ? 222 : 232;
          return <path key={hour} d={`M${at(inner)}L${at(246)}`} className="stroke-sky" strokeWidth={hour % 3 === 0 ? 7 : 4} strokeLinecap="round" />;
        })}
        <path d="M609 360V150" className="stroke-sky" strokeWidth="10" strokeLinecap="round" />
      </g>
      <House x={-20} width={120} height={170} wall="fill-wall-4" roof="flat" windows={[[36, 28], [76, 28], [36, 88], [76, 88]]} lit={[1, 2]} />
      <House x={100} width={140} height={130} wall="fill-wall-3" roof="gable" chimney={98} windows={[[22, 26], [92, 26]]} lit={[0]} door={53} />
      <House x={256} width={96} height={210} wall="fill-wall-1" roof="hip" windows={[[16, 26], [56, 26], [16, 84], [56, 84]]} lit={[0, 3]} door={31} />
      <House x={352} width={128} height={120} wall="fill-wall-2" roof="gable" windows={[[20, 24], [82, 24]]} lit={[1]} door={47} chimney={20} />
      <House x={494} width={84} height={92} wall="fill-wall-4" roof="round" windows={[[29, -22]]} lit={[0]} door={25} />
      <House x={640} width={110} height={108} wall="fill-wall-1" roof="gable" windows={[[16, 26]]} lit={[0]} door={60} />
      <House x={750} width={132} height={188} wall="fill-wall-3" roof="flat" windows={[[18, 24], [53, 24], [88, 24], [18, 82], [88, 82]]} lit={[1, 3]} door={49} />
      <House x={896} width={116} height={140} wall="fill-wall-2" roof="hip" chimney={76} windows={[[18, 26], [72, 26]]} lit={[0]} door={41} />
      <House x={1012} width={100} height={196} wall="fill-wall-4" roof="gable" windows={[[16, 22], [58, 22], [16, 80], [58, 80]]} lit={[1, 2]} door={33} />
      <House x={1126} width={130} height={124} wall="fill-wall-1" roof="gable" windows={[[20, 26], [80, 26]]} lit={[0]} />
      <Tree x={486} height={92} />
      <Person x={590} cloth="fill-cloth-1" skin="fill-skin-1" />
      <Person x={628} cloth="fill-cloth-2" skin="fill-skin-2" />
      <Tree x={890} height={84} />
      <Tree x={1120} height={100} />
      <rect x="-400" y={ground} width="2000" height="30" className="fill-roof" />
    </svg>
  );
}

function Tree({ x, height }: { x: number; height: number }) {
  return (
    <g>
      <path d={`M${x} ${ground}v${-height + 20}`} className="stroke-roof" strokeWidth="5" />
      <ellipse cx={x} cy={ground - height} rx="24" ry="34" className="fill-tree" />
    </g>
  );
}

/** Somebody who has stopped to talk. */
function Person({ x, cloth, skin }: { x: number; cloth: string; skin: string }) {
  return (
    <g>
      <path d={`M${x - 14} ${ground + 1} v-30 a14 16 0 0 1 28 0 v30 Z`} className={cloth} />
      <circle cx={x} cy={ground - 56} r="11" className={skin} />
      <path d={`M${x - 11.5} ${ground - 57} a11.5 11.5 0 0 1 23 0 z`} className="fill-roof" />
    </g>
  );
}
