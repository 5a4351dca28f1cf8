/** Which folder may import which: docs/architecture.md draws the same. */

/**
 * The nouns of server/, from the bottom to the top: each may import those before it, and never another
 * one's store. A new noun takes its place in this list.
 */
const nouns = [
  "identity",
  "ledger",
  "membership",
  "calendar",
  "push",
  "notification",
  "availability",
  "matching",
  "place",
  "photo",
  "listing",
  "search",
  "exchange",
  "thanks",
  "member",
  "community",
  "privacy",
];

const folders =
  "^(app|components|domain|server|service-worker|prisma|e2e|verification/simulation)/";
const severity = "error";
/** A test or its helpers may look everywhere; what it tests may not. */
const tests = "\\.test\\.tsx?$|(^|/)testing/";

/** From `path` only to what `may` lists; packages are for `keep` to say. */
const folder = (name, path, may) => ({
  name,
  severity,
  from: { path, pathNot: tests },
  to: { path: folders, pathNot: may },
});

/** A package that only some folders may know. */
const keep = (pkg, home) => ({
  name: `keep ${pkg}`,
  severity,
  from: { path: folders, pathNot: `${tests}|${home}` },
  to: { path: `(^|node_modules/)${pkg}` },
});

const noun = (name, index) =>
  folder(name, `^server/${name}/`, [
    `^server/(${[...nouns.slice(0, index + 1), "platform"].join("|")})/`,
    "^domain/",
    "^server/backup/nightly-state\\.ts$",
  ]);

const store = (name) => ({
  name: `store of ${name}`,
  severity,
  from: { path: "^server/", pathNot: `${tests}|^server/${name}/` },
  to: { path: `^server/${name}/(note-)?store\\.ts$` },
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity,
      from: { path: folders },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-unresolvable", severity, from: {}, to: { couldNotResolve: true } },
    folder("app", "^app/", [
      "^(app|components|domain)/",
      "^server/api/(caller|auth|i18n)\\.ts$",
      "^server/api/http/(calendar|health|photos|service-worker|trpc-http|unsubscribe)\\.ts$",
      "^server/platform/i18n/messages\\.ts$",
    ]),
    folder("components", "^components/(?!(ui|scenes|format)/|trpc\\.tsx$)", [
      "^components/",
      "^domain/",
    ]),
    folder("ui", "^components/(ui|scenes|format)/", [
      "^components/(ui|scenes|format)/",
      "^components/translations\\.ts$",
      "^domain/",
    ]),
    folder("trpc", "^components/trpc\\.tsx$", ["^components/", "^server/api/root\\.ts$"]),
    {
      name: "trpc knows the router's type only",
      severity,
      from: { path: "^components/trpc\\.tsx$" },
      to: { path: "^server/api/|@trpc/server", dependencyTypesNot: ["type-only"] },
    },
    folder("api", "^server/api/", [
      `^server/(api|backup|platform|${nouns.join("|")})/`,
      "^domain/",
      "^components/translations\\.ts$",
    ]),
    ...nouns.map(noun),
    ...nouns.map(store),
    folder("backup", "^server/backup/", ["^server/(backup|platform)/"]),
    folder("platform", "^server/platform/", ["^server/platform/", "^domain/", "^messages/"]),
    folder("domain", "^domain/", ["^domain/"]),
    {
      name: "domain is pure",
      severity,
      from: { path: "^domain/", pathNot: tests },
      to: {
        path: "(^|node_modules/)[@a-z]",
        pathNot: "^domain/|node_modules/(zod|temporal-polyfill|unhomoglyph)",
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "domain knows no Node",
      severity,
      from: { path: "^domain/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    folder("service worker", "^service-worker/", ["^service-worker/", "^domain/"]),
    folder("e2e", "^e2e/", ["^e2e/", "^domain/"]),
    // The product's own rules, and the seeded random numbers.
    folder("simulation", "^verification/simulation/", [
      "^verification/simulation/",
      "^domain/",
      "^scripts/lib/random\\.ts$",
    ]),
    keep("@prisma/", "^(prisma|server/platform/db)/"),
    keep("@trpc/server", "^server/api/|^components/trpc\\.tsx$"),
    keep("sharp", "^(server/photo/|prisma/demo/pictures\\.ts$)"),
    keep("next-auth", "^server/api/auth\\.ts$|^components/identity/|^app/api/auth/"),
    keep("next/", "^(app|components)/|^server/api/(caller|auth|i18n)\\.ts$|^server/api/http/"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|server/platform/db/generated)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
