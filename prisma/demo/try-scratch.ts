export {};
const shift = Number(process.env.SHIFT ?? 0) * 86_400_000;
const Real = Date;
if (shift) globalThis.Date = class extends Real { constructor(...a: unknown[]) { if (a.length) super(...(a as [number])); else super(Real.now() + shift); } static override now() { return Real.now() + shift; } } as never;
const { migrate } = await import("../../server/db/migrate");
const { disconnect } = await import("../../server/db/client");
const { fillDemo } = await import("./fill");
await migrate(process.env.DATABASE_URL ?? "");
const start = Date.now();
try { await fillDemo(console.log); } catch (error) { console.error(error); }
console.log("took", Date.now() - start);
await disconnect();
