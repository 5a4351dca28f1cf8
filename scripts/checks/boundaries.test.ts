/** Plants one forbidden import for each rule of .dependency-cruiser.cjs, which must find it. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const CONFIG = resolve(".dependency-cruiser.cjs");
const COMMAND = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };
const rules = forbidden.map(({ name }) => name);

type Violation = { rule: { name: string }; from: string };

/** A file, and the file or package that it imports. */
const planted: Record<string, [from: string, to: string]> = {
  "no-circular": ["domain/kernel/one.ts", "domain/kernel/two.ts"],
  "no-unresolvable": ["domain/kernel/lost.ts", "./nowhere"],
  app: ["app/page.ts", "server/platform/db/client.ts"],
  components: ["components/listing/card.ts", "server/api/errors.ts"],
  ui: ["components/ui/button.ts", "components/listing/list.ts"],
  trpc: ["components/trpc.tsx", "server/platform/env.ts"],
  "trpc knows the router's type only": ["components/trpc.tsx", "server/api/root.ts"],
  api: ["server/api/caller.ts", "app/layout.ts"],
  backup: ["server/backup/take.ts", "server/ledger/account.ts"],
  platform: ["server/platform/security-log.ts", "server/identity/session.ts"],
  domain: ["domain/listing/listing.ts", "server/platform/env.ts"],
  "domain is pure": ["domain/listing/picture.ts", "sharp"],
  "domain knows no Node": ["domain/listing/file.ts", "node:fs"],
  "service worker": ["service-worker/service-worker.ts", "components/ui/icon.ts"],
  e2e: ["e2e/journeys.spec.ts", "server/api/errors.ts"],
  simulation: ["verification/simulation/year.ts", "server/matching/queries.ts"],
  "keep @prisma/": ["app/data.ts", "@prisma/client"],
  "keep @trpc/server": ["app/call.ts", "@trpc/server"],
  "keep sharp": ["app/picture.ts", "sharp"],
  "keep next-auth": ["app/session.ts", "next-auth"],
  "keep next/": ["server/listing/cookies.ts", "next/headers"],
  ...Object.fromEntries(
    rules
      .filter((name) => rules.includes(`store of ${name}`))
      .flatMap((name, index, nouns) => [
        [name, [`server/${name}/queries.ts`, `server/${nouns[index + 1] ?? "api"}/next.ts`]],
        [`store of ${name}`, [`server/api/of-${name}.ts`, `server/${name}/store.ts`]],
      ]),
  ),
};

const folder = mkdtempSync(join(tmpdir(), "evenhour-boundaries-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let violations: Violation[] = [];

beforeAll(async () => {
  const texts = new Map<string, string>();
  const add = (file: string, line: string) => texts.set(file, `${texts.get(file) ?? ""}${line}\n`);
  for (const [from, to] of Object.values(planted)) {
    const isFile = /\.tsx?$/.test(to);
    const path = relative(dirname(from), to).replace(/\.tsx?$/, "");
    add(from, `import "${isFile ? (path.startsWith(".") ? path : `./${path}`) : to}";`);
    if (isFile) add(to, "export {};");
  }
  add("domain/kernel/two.ts", 'import "./one";');
  for (const [file, text] of texts) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const tops = [...new Set([...texts.keys()].map((file) => file.split("/")[0] ?? ""))];
  const report = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [COMMAND, "--config", CONFIG, "--output-type", "json", ...tops],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout) => done(stdout),
    );
  });
  violations = JSON.parse(report).summary.violations;
}, 120_000);

it.each(rules)("finds a violation of the rule %s", (name) => {
  const [from] = planted[name] ?? [];
  expect(violations.filter(({ rule }) => rule.name === name).map((found) => found.from)).toContain(
    from,
  );
});
