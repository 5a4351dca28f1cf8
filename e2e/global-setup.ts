/** Starts the built product before the tests, claims it as Carla, and deletes it afterwards. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProduct } from "../verification/kit/product";
import { caller } from "./api";
import { FOUNDER_EMAIL, PASSWORD } from "./app";
import { STATE_FILE, type State } from "./state";

export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-e2e-"));
  // As root, PostgreSQL runs as another user, who must be able to enter this folder.
  chmodSync(folder, 0o755);
  try {
    const product = await startProduct(join(folder, "data"));
    const { baseUrl, databaseUrl, setupLink } = product;
    await claim(baseUrl, setupLink ?? "");
    const securityLog = join(folder, "data", "security.log");
    const state: State = { baseUrl, databaseUrl, securityLog };
    process.env[STATE_FILE] = join(folder, "state.json");
    process.env.BASE_URL = baseUrl;
    writeFileSync(join(folder, "state.json"), JSON.stringify(state), { mode: 0o600 });
    return async () => {
      await product.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Carla, the first coordinator, creates the first community. */
async function claim(baseUrl: string, setupLink: string): Promise<void> {
  const nobody = await caller(baseUrl);
  await nobody.send("setup.claim", {
    token: setupLink.split("/").at(-1),
    name: "First Street",
    language: "en",
    timeZone: "Europe/Madrid",
    yourName: "Carla",
    email: FOUNDER_EMAIL,
    password: PASSWORD,
  });
  await nobody.close();
}
