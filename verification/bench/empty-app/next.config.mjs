import { fileURLToPath } from "node:url";

/** The packages are those of the product. */
const root = fileURLToPath(new URL("../..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root, poweredByHeader: false };
