import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { env } from "./env";

/** A new identifier, in order of time. */
export const newId = (): string => v7();

/** A secret for a link: 256 random bits in base64url. Give it away, keep only its hash. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token. It is random and long, so a plain hash suffices. */
export const hashToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key is not in the database: whoever reads a table or a backup cannot open what is sealed. */
const sealingKey = () =>
  Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "", "evenhour sealed token", 32));

/** Encrypts a token that must be readable once more. @param bound the id of the row that holds it */
export function sealToken(token: string, bound: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(), iv).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The token; null when AUTH_SECRET has changed since, or the row is not the one it was sealed for. */
export function unsealToken(sealed: string, bound: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  try {
    const decipher = createDecipheriv(CIPHER, sealingKey(), iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(bound))
      .setAuthTag(tag);
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8");
    return text + decipher.final("utf8");
  } catch {
    return null;
  }
}
