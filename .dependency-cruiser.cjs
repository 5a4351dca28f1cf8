/** Which room may call which: docs/architecture.md draws the same. */
const rooms = "^(app|components|server|worker|prisma|e2e|simulation)/";
const severity = "error";
/** A test or its helpers may look everywhere; what it tests may not. */
const tests = "\\.test\\.tsx?$|^server/(db/)?testing";

/** From `path` only to what `may` lists; packages are for `keep` to say. */
const room = (name, path, may) => ({
  name,
  severity,
  from: { path, pathNot: tests },
  to: { path: rooms, pathNot: may },
});

/** A package that only some rooms may know. */
const keep = (pkg, home) => ({
  name: `keep ${pkg}`,
  severity,
  from: { path: rooms, pathNot: `${tests}|${home}` },
  to: { path: `(^|node_modules/)${pkg}` },
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity,
      from: { path: rooms },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-unresolvable", severity, from: {}, to: { couldNotResolve: true } },
    room("app", "^app/", [
      ...["^app/", "^components/", "^server/(caller|calendar|http|auth|photos|worker)\\.ts$"],
      "^server/domain/",
      // The language of a page, and the words in it.
      ...["^server/(i18n|messages)\\.ts$"],
    ]),
    room("components", "^components/(?!ui/|trpc\\.tsx$)", ["^components/", "^server/domain/"]),
    room("ui", "^components/ui/", [
      ...["^components/ui/", "^components/translations\\.ts$", "^server/domain/"],
    ]),
    room("trpc", "^components/trpc\\.tsx$", ["^components/", "^server/routers/app\\.ts$"]),
    {
      name: "trpc knows the router's type only",
      severity,
      from: { path: "^components/trpc\\.tsx$" },
      to: { path: "^server/routers/|@trpc/server", dependencyTypesNot: ["type-only"] },
    },
    room("routers", "^server/routers/", [
      "^server/(routers|services|domain|db/read)/",
      "^server/trpc\\.ts$",
    ]),
    room("services", "^server/services/", [
      "^server/(services|domain|db|mail|jobs)/",
      "^server/(env|messages)\\.ts$",
      "^server/backup/nightly-state\\.ts$",
    ]),
    room("domain", "^server/domain/", ["^server/domain/"]),
    room("db", "^server/db/", ["^server/(db|domain)/", "^server/(env|files)\\.ts$"]),
    room("backup", "^server/backup/", ["^server/(backup|db)/", "^server/(env|files)\\.ts$"]),
    room("jobs", "^server/jobs/", [
      "^server/(jobs|services|mail|backup|domain)/",
      "^server/env\\.ts$",
    ]),
    room("mail", "^server/mail/", ["^server/(mail|domain|db)/", "^server/(env|messages)\\.ts$"]),
    room("worker", "^worker/", ["^worker/", "^server/domain/"]),
    room("e2e", "^e2e/", ["^e2e/", "^server/domain/"]),
    // The product's own rules, and the demo's chance.
    room("simulation", "^simulation/", [
      ...["^simulation/", "^server/domain/", "^prisma/demo/seed\\.ts$"],
    ]),
    {
      name: "domain is pure",
      severity,
      from: { path: "^server/domain/", pathNot: tests },
      to: {
        path: "node_modules|^node:",
        pathNot: "node_modules/(zod|temporal-polyfill|unhomoglyph)",
      },
    },
    keep("@prisma/", "^(prisma|server/db)/"),
    keep(
      "@trpc/server",
      "^server/(trpc|errors|caller|http)\\.ts$|^server/routers/|^components/trpc\\.tsx$",
    ),
    keep("sharp", "^(server/services/|prisma/demo/pictures\\.ts$)"),
    keep("next-auth", "^server/auth\\.ts$|^components/auth/|^app/api/auth/"),
    keep("next/", "^(app|components)/|^server/(caller|http|auth|i18n)\\.ts$"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|server/db/generated)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
