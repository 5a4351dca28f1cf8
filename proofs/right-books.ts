import { checkBooks } from "../server/db/read/statement";
import { holds } from "./proof";

/** @param communityId all communities when left out @throws Broken with the first violation */
export async function requireRightBooks(when: string, communityId?: string): Promise<void> {
  const [wrong] = await checkBooks(communityId);
  holds(!wrong, `check_books ${when}: ${JSON.stringify(wrong)}`);
}
