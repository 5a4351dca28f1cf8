/**
 * Loaded into the product before itself (NODE_OPTIONS=--import): at SIGUSR2 it collects garbage
 * and writes what the process uses to the file that EVENHOUR_BENCH_PROBE names.
 */
import { renameSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const file = process.env.EVENHOUR_BENCH_PROBE;
if (file) {
  process.on("SIGUSR2", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    collect();
    collect();
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    // Renamed, so that whoever waits for it reads it whole.
    renameSync(`${file}.new`, file);
  });
}
