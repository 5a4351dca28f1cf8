import { checkBooks } from "../../server/ledger/statement";
import { check } from "./proof";

/** @param communityId default: all communities @throws Violated with the first violation */
export async function requireConsistentBooks(when: string, communityId?: string): Promise<void> {
  const [wrong] = await checkBooks(communityId);
  check(!wrong, `check_books ${when}: ${JSON.stringify(wrong)}`);
}
