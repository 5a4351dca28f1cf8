/**
 * Which database tests run on a second PostgreSQL too (the system's, or the one of DATABASE_URL).
 *
 * What can differ between servers is SQL itself: migrations, functions, rights, locks, search and sorting,
 * backups and the upgrade. The folders below test rules of the product, which send the same statements
 * whatever answers them: once is enough. A folder that is not named here runs on both, so that a new one is
 * never left out by accident.
 */
export const ON_ONE_SERVER = [
  "prisma/demo",
  "server/api",
  "server/api/http",
  "server/community",
  "server/exchange",
  "server/identity",
  "server/membership",
  "server/place",
  "server/thanks",
];

/** What the second server leaves out: the tests directly in those folders, not further down. */
export const leftOutOnSecond = ON_ONE_SERVER.map((folder) => `${folder}/*.db.test.ts`);
