/** Starts the product as scripts/start.mjs does, but from its sources: TypeScript is loaded at run time. */
import { loadTypeScript, prepare } from "../../scripts/install.mjs";

prepare();
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
await loadTypeScript();
const { main } = await import("../../scripts/serve.ts");
await main(process.argv[2]);
