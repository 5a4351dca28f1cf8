/** The machine on which the figures were measured. */
import { cpus, release, totalmem } from "node:os";

export type Machine = {
  cpu: string;
  cores: number;
  /** GB. */
  memory: number;
  system: string;
  node: string;
};

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() || "unknown",
  cores: cpus().length,
  memory: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()} ${process.arch}`,
  node: process.version,
});
