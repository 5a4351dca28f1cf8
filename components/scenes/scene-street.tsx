import { Drawing, type DrawingProps } from "./drawing";
import { ground, House } from "./scene-house";

/** From six in the morning to six in the evening, as on the upper half of a day-long face. */
const hours = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A street, and behind it half a clock face that could be the sun or a lamp. */
export function Street(props: DrawingProps) {
  return (
    <Drawing viewBox="0 0 1200 380" fit="xMidYMax slice" {...props}>
      <g>
        <path d="M349 360a260 260 0 0 1 520 0z" className="fill-sun" />
        {hours.map((hour) => {
          const turn = (hour * Math.PI) / 12;
          const at = (radius: number) =>
            `${(609 - Math.cos(turn) * radius).toFixed(1)} ${(360 - Math.sin(turn) * radius).toFixed(1)}`;
          const inner = hour % 3 === 0 ? 222 : 232;
          return (
            <path
              key={hour}
              d={`M${at(inner)}L${at(246)}`}
              className="stroke-sky"
              strokeWidth={hour % 3 === 0 ? 7 : 4}
              strokeLinecap="round"
            />
          );
        })}
        <path d="M609 360V150" className="stroke-sky" strokeWidth="10" strokeLinecap="round" />
      </g>
      <House
        x={-20}
        width={120}
        height={170}
        wall="text-wall-4"
        roof="flat"
        windows={[
          [36, 28],
          [76, 28],
          [36, 88],
          [76, 88],
        ]}
        lit={[1, 2]}
      />
      <House
        x={100}
        width={140}
        height={130}
        wall="text-wall-3"
        roof="gable"
        chimney={98}
        windows={[
          [22, 26],
          [92, 26],
        ]}
        lit={[0]}
        door={53}
      />
      <House
        x={256}
        width={96}
        height={210}
        wall="text-wall-1"
        roof="hip"
        windows={[
          [16, 26],
          [56, 26],
          [16, 84],
          [56, 84],
        ]}
        lit={[0, 3]}
        door={31}
      />
      <House
        x={352}
        width={128}
        height={120}
        wall="text-wall-2"
        roof="gable"
        windows={[
          [20, 24],
          [82, 24],
        ]}
        lit={[1]}
        door={47}
        chimney={20}
      />
      <House
        x={494}
        width={84}
        height={92}
        wall="text-wall-4"
        roof="round"
        windows={[[29, -22]]}
        lit={[0]}
        door={25}
      />
      <House
        x={640}
        width={110}
        height={108}
        wall="text-wall-1"
        roof="gable"
        windows={[[16, 26]]}
        lit={[0]}
        door={60}
      />
      <House
        x={750}
        width={132}
        height={188}
        wall="text-wall-3"
        roof="flat"
        windows={[
          [18, 24],
          [53, 24],
          [88, 24],
          [18, 82],
          [88, 82],
        ]}
        lit={[1, 3]}
        door={49}
      />
      <House
        x={896}
        width={116}
        height={140}
        wall="text-wall-2"
        roof="hip"
        chimney={76}
        windows={[
          [18, 26],
          [72, 26],
        ]}
        lit={[0]}
        door={41}
      />
      <House
        x={1012}
        width={100}
        height={196}
        wall="text-wall-4"
        roof="gable"
        windows={[
          [16, 22],
          [58, 22],
          [16, 80],
          [58, 80],
        ]}
        lit={[1, 2]}
        door={33}
      />
      <House
        x={1126}
        width={130}
        height={124}
        wall="text-wall-1"
        roof="gable"
        windows={[
          [20, 26],
          [80, 26],
        ]}
        lit={[0]}
      />
      <Tree x={486} height={92} />
      <Person x={590} cloth="fill-cloth-1" skin="fill-skin-1" />
      <Person x={628} cloth="fill-cloth-2" skin="fill-skin-2" />
      <Tree x={890} height={84} />
      <Tree x={1120} height={100} />
      <rect x="-400" y={ground} width="2000" height="30" className="fill-roof" />
    </Drawing>
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
