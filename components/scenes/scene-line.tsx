import { Drawing, type DrawingProps } from "./drawing";
import { WallClock } from "./wall-clock";

/** A post with its crossbar, and a lamp that burns all the same. */
function Post({ x }: { x: number }) {
  return (
    <g>
      <path d={`M${x} 206V40`} className="stroke-wall-1" strokeWidth="11" strokeLinecap="round" />
      <path
        d={`M${x - 26} 58h52`}
        className="stroke-wall-3"
        strokeWidth="9"
        strokeLinecap="round"
      />
      <path d={`M${x - 9} 92a9 11 0 0 0 18 0z`} className="fill-lamp" />
      <path
        d={`M${x - 13} 93h26`}
        className="stroke-wall-1"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </g>
  );
}

/** A bird that waits; it looks to the left. */
function Bird({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d="M-4 0v-9M5 0v-9" className="stroke-wall-1" strokeWidth="3" strokeLinecap="round" />
      <path d="M-22-27a19 19 0 0 0 37 4L31-35 12-33a17 17 0 0 0-34 6z" className="fill-cloth-2" />
      <path d="M-2-24a12 12 0 0 0 19-2l-18-7z" className="fill-face-4" />
      <path d="M-21-30l-11 3 11 4z" className="fill-lamp" />
      <circle cx="-11" cy="-31" r="2.6" className="fill-sheet" />
    </g>
  );
}

/** Two posts and a line that has come down between them; the clock above it goes on. */
export function Line(props: DrawingProps) {
  return (
    <Drawing viewBox="0 0 320 220" {...props}>
      <ellipse cx="160" cy="208" rx="140" ry="9" className="fill-shade" />
      <WallClock x={160} y={45} />
      <g fill="none" className="stroke-edge" strokeWidth="3.5" strokeLinecap="round">
        <path d="M0 66Q30 78 44 54M68 54Q96 116 126 152q10 12 16 26" />
        <path d="M320 66Q290 78 276 54M252 54Q232 108 204 128q-18 12-14 26t-4 22" />
      </g>
      <Post x={56} />
      <Post x={264} />
      <Bird x={140} y={203} />
    </Drawing>
  );
}
