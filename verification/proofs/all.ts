/** The proofs, in the order in which they run. */
import type { Proof } from "./proof";

/** Each is loaded in the process that runs it, and only there. */
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
  doors: () => import("./http-concurrency/proof"),
  crashes: () => import("./crashes/proof"),
};

/** They start the built product, which takes a while: `npm test` leaves their bugs to the long run. */
export const startingProduct = new Set(["pages", "raw", "doors", "crashes"]);

/** Of the short ones. */
export const longest = new Set(["permissions", "pages", "hostile", "crashes"]);
