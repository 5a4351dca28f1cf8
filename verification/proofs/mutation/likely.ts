import { readdirSync } from "node:fs";
import type { Mutation } from "./mutation";

const DB = "server/platform/db";
/** For each kind of mutation the test files about it, fastest first. */
const LIKELY: [names: RegExp, files: string[]][] = [
  [/^column/, [`${DB}/tables-columns.db.test.ts`]],
  [/^unique/, [`${DB}/tables-keys.db.test.ts`]],
  [
    /^(constraint|reference) transfer/,
    [`${DB}/tables-authority.db.test.ts`, `${DB}/books-authority.db.test.ts`],
  ],
  [/^constraint/, [`${DB}/tables-rules.db.test.ts`]],
  [/^reference/, [`${DB}/tables-references.db.test.ts`]],
  [/^(grant|role|function|view .* rights|[A-Z]+ .* owned)/, [`${DB}/rights.db.test.ts`]],
  [/^trigger|refuse_change/, [`${DB}/books-rights.db.test.ts`]],
  [
    /^(normalize_text|fold_|transliterate|without_accents|split_words|stems_of|search_|words_query|listing_words|trigram_|\w+_ranges|digit_)/,
    [
      `${DB}/folding.db.test.ts`,
      "server/search/every-script.db.test.ts",
      "server/search/queries.db.test.ts",
      // It migrates two databases.
      `${DB}/locales.db.test.ts`,
    ],
  ],
  [/(copy_member|member_push)_words/, ["server/search/queries.db.test.ts"]],
  [/^check_books/, [`${DB}/books-check.db.test.ts`, `${DB}/books-twins.db.test.ts`]],
  [/^view/, ["server/ledger/statement.db.test.ts"]],
  [/community_id/, [`${DB}/books-twins.db.test.ts`]],
  [
    /^(cancel_job|enqueue_job)/,
    ["server/platform/jobs/job.db.test.ts", `${DB}/books-rights.db.test.ts`],
  ],
  [
    /^(floor_of|settlement_event|vouch_for|may_vouch|decide_member_limits|post_transfer:|reverse_transfer)/,
    [`${DB}/books-authority.db.test.ts`, `${DB}/books-waits.db.test.ts`],
  ],
  [/descending|UNION|post_transfers/, [`${DB}/books-locks.db.test.ts`]],
  [/UPDATE removed|EXCEPTION/, [`${DB}/books-waits.db.test.ts`]],
  [
    /^(open_account: |(post_transfer|place_hold|reverse_transfer): .*(EH004|account|p_id|p_exchange))/,
    [`${DB}/books-ids.db.test.ts`],
  ],
  [/^(place_hold|release_hold|close_account)/, [`${DB}/books-holds.db.test.ts`]],
  [/./, [`${DB}/books-moves.db.test.ts`, `${DB}/books-holds.db.test.ts`]],
  [/./, ["server/ledger/commands.db.test.ts", `${DB}/books-locks.db.test.ts`]],
];

/** Compares schema texts: it would catch every mutant without testing any behaviour. */
const DRIFT = "server/platform/db/migrate.db.test.ts";
/** Tests of the database and of the commands. */
const CATCHERS = /^(server\/(?!api\/|backup\/)|prisma\/demo\/).*\.db\.test\.ts$/;

/** The test files that may catch a mutant, in the current folder. */
export const catchersIn = (): string[] =>
  ["server", "prisma/demo"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => CATCHERS.test(file) && file !== DRIFT);

/** The files, the likeliest to notice the mutation first; the slow ones (demo) last. */
export function inOrder({ name }: Mutation, files: string[]): string[] {
  const likely = LIKELY.flatMap(([names, some]) => (names.test(name) ? some : []));
  const isLong = (file: string) => Number(file.startsWith("prisma/demo/"));
  const others = [...files].sort((one, other) => isLong(one) - isLong(other));
  return [...new Set([...likely.filter((file) => files.includes(file)), ...others])];
}

/** @throws when a file of the table does not exist */
export function requireFiles(files: string[]): void {
  const missing = LIKELY.flatMap(([, some]) => some).find((file) => !files.includes(file));
  if (missing) throw new Error(`${missing} is not a database test.`);
}
