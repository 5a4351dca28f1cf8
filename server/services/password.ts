import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import { DomainError } from "../domain/errors";

/** OWASP's password storage cheat sheet: argon2id, 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const common = new Set(dictionary["passwords-common"]);

/** @throws DomainError passwordTooCommon */
export function requireGoodPassword(password: string): void {
  if (common.has(password.toLowerCase()))
    throw new DomainError("passwordTooCommon", {}, "password");
}

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let decoy: Promise<string> | undefined;

/** Whether the password fits; takes the same time when there is nothing to compare with. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== null && fits;
}
