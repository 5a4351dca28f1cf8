/**
 * Which database tests run only on one PostgreSQL, not on a second one (the system's, or the one of
 * DATABASE_URL). Servers can differ in SQL itself: migrations, functions, privileges, locks, search and
 * sorting, backups and the upgrade. The folders below test rules of the product with the same statements on
 * any server. A folder not listed runs on both, so that a new one is never omitted by accident.
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

/** The tests that the second server omits: those directly in the folders, not in subfolders. */
export const leftOutOnSecond = ON_ONE_SERVER.map((folder) => `${folder}/*.db.test.ts`);
