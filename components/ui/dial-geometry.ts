/**
 * Where things stand on the dial. Zero is at the top; each side has half the face, so that what one
 * neighbour gave and the other received look like two equal halves.
 */

/** The hours that half a face may stand for: a clock's twelve, then doublings. */
const halves = [12, 24, 48, 96, 192, 384, 768, 1536, 3072, 6144];

/** The minutes that half the face stands for, so that all amounts fit on it. */
export function rangeOf(...amounts: number[]): number {
  const most = Math.max(...amounts.map(Math.abs)) / 60;
  return (halves.find((hours) => hours >= most) ?? most) * 60;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The point of an amount at a distance from the centre. Amounts beyond the range rest at six. */
export function place(minutes: number, range: number, radius: number): { x: number; y: number } {
  const turn = Math.max(-1, Math.min(1, minutes / range)) * Math.PI;
  return { x: round(Math.sin(turn) * radius), y: round(-Math.cos(turn) * radius) };
}

/** The piece of the face between two amounts, as an SVG path. */
export function sector(from: number, to: number, range: number, radius: number): string {
  const start = place(from, range, radius);
  const end = place(to, range, radius);
  const isLarge = Math.abs(to - from) > range ? 1 : 0;
  const isClockwise = to > from ? 1 : 0;
  return `M0 0 L${start.x} ${start.y} A${radius} ${radius} 0 ${isLarge} ${isClockwise} ${end.x} ${end.y} Z`;
}

/** Twelve strokes a side; the quarters of the face are strong. */
export function hourTicks(range: number) {
  return Array.from({ length: 24 }, (_, index) => {
    const minutes = ((index - 11) * range) / 12;
    const strong = index % 6 === 5;
    const inner = place(minutes, range, strong ? 82 : 87);
    const outer = place(minutes, range, 92);
    return { minutes, strong, line: { x1: inner.x, y1: inner.y, x2: outer.x, y2: outer.y } };
  });
}
