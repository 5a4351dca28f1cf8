/**
 * Preloaded into the product (NODE_OPTIONS=--import). On SIGUSR2 it writes the process's memory and
 * processor time, and its memory after collecting garbage, to the file named by EVENHOUR_BENCH_PROBE.
 */
import { renameSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const file = process.env.EVENHOUR_BENCH_PROBE;
if (file) {
  process.on("SIGUSR2", () => {
    const { user, system } = process.cpuUsage();
    const before = {
      processorSeconds: (user + system) / 1e6,
      rssBefore: process.memoryUsage.rss(),
    };
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    collect();
    collect();
    writeFileSync(`${file}.new`, JSON.stringify({ ...process.memoryUsage(), ...before }));
    // Renamed, so that the reader never sees an incomplete file.
    renameSync(`${file}.new`, file);
  });
}
