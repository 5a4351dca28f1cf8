/** `npm run doctor [-- --quick] [--mail ADDRESS] [--json]`: examines an installation. */
import { parseArgs } from "node:util";
import packageFile from "../package.json";
import { onShutdown } from "../server/platform/shutdown";
import { examine } from "./doctor/examine";
import { EXIT_CODES, jsonOf, textOf, worstOf } from "./doctor/finding";
import { userMessage } from "./lib/user-message";

const USAGE =
  "Use npm run doctor -- with --quick to leave out the restore of the newest backup, --mail ADDRESS to send a test e-mail, and --json for machines.";

export async function main(args: string[]): Promise<void> {
  const options = readArguments(args);
  if (!options) {
    console.error(USAGE);
    process.exit(EXIT_CODES.unknown);
  }
  const stop = new AbortController();
  onShutdown(() => stop.abort());
  try {
    const findings = await examine({
      isQuick: options.quick,
      mailTo: options.mail ?? null,
      signal: stop.signal,
    });
    const { version } = packageFile;
    console.log(options.json ? jsonOf(findings, version, new Date()) : textOf(findings));
    process.exit(stop.signal.aborted ? EXIT_CODES.unknown : EXIT_CODES[worstOf(findings)]);
  } catch (error) {
    console.error(userMessage(error) ?? error);
    process.exit(EXIT_CODES.unknown);
  }
}

/** @returns null for an unknown option or an argument */
function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: "boolean", default: false },
        mail: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch {
    return null;
  }
}
