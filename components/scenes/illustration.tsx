import { Board } from "./scene-board";
import { Line } from "./scene-line";
import { Neighbours } from "./scene-neighbours";
import { Street } from "./scene-street";
import { Table } from "./scene-table";

const scenes = { street: Street, neighbours: Neighbours, board: Board, table: Table, line: Line };

/**
 * A small cut-paper scene in the colours of the theme: by day the sky is paper or amber, by night
 * the windows are lit. Without a label it is decoration and readers skip it.
 */
export function Illustration({
  scene,
  label,
  className,
}: {
  scene: keyof typeof scenes;
  label?: string;
  className?: string;
}) {
  const Scene = scenes[scene];
  return <Scene label={label} className={className ?? "w-full"} />;
}
