import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import { DomainError } from "../../domain/kernel/errors";

/** OWASP's password storage cheat sheet: argon2id, 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const common = new Set(dictionary["passwords-common"]);

/** The first guesses for a member of a time bank. */
const OBVIOUS = ["evenhour", "timebank", "neighbour", "neighbor", "hourforhour"];

/** Letters only, so that "Time-Bank2026!" is found as well. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, "");

/**
 * @param own the user's name and e-mail address
 * @throws DomainError passwordObvious, passwordTooCommon
 */
export function requireGoodPassword(password: string, own: string[]): void {
  const names = own.flatMap((text) => [text, text.split("@")[0] ?? ""]);
  const easy = [...OBVIOUS, ...names].map(lettersOf).filter((word) => word.length > 2);
  const letters = lettersOf(password);
  const isEasy = easy.some((word) => letters === word || letters === word + word);
  if (isEasy) throw new DomainError("passwordObvious", {}, "password");
  if (common.has(password.toLowerCase()))
    throw new DomainError("passwordTooCommon", {}, "password");
}

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let dummyHash: Promise<string> | undefined;

/** Whether the password is correct; takes the same time when there is no stored hash. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword("nobody has this password");
  const fits = await verify(stored ?? (await dummyHash), password);
  return stored !== null && fits;
}
