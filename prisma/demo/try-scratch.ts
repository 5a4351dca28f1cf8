import { migrate } from "../../server/db/migrate";
import { disconnect } from "../../server/db/client";
import { fillDemo } from "./fill";
await migrate(process.env.DATABASE_URL ?? "");
const start = Date.now();
try { console.log(await fillDemo(console.log)); } catch (error) { console.error(error); }
console.log("took", Date.now() - start);
await disconnect();
