/** The proofs, in the order in which they run. */
import type { Proof } from "./proof";

/** Each is loaded only in the process that runs it. */
export const proofs: Record<string, () => Promise<{ proof: Proof }>> = {
  model: () => import("./model/proof"),
  concurrency: () => import("./concurrency/proof"),
  access: () => import("./access/proof"),
  membership: () => import("./membership/proof"),
  mutation: () => import("./mutation/proof"),
  permissions: () => import("./permissions/proof"),
  hostile: () => import("./hostile/proof"),
  time: () => import("./time/proof"),
  pages: () => import("./pages/proof"),
  raw: () => import("./raw/proof"),
  "http-concurrency": () => import("./http-concurrency/proof"),
  crashes: () => import("./crashes/proof"),
  container: () => import("./container/proof"),
};

/** These install and build in a clean folder, which takes minutes: `npm run prove` runs them, `npm test` does not. */
export const proveOnly = new Set(["container"]);

/** These start the built product, which takes time, so `npm test` skips their planted bugs. */
export const startingProduct = new Set(["pages", "raw", "http-concurrency", "crashes"]);

/** The slowest of the short runs. */
export const longest = new Set(["permissions", "pages", "hostile", "crashes"]);
