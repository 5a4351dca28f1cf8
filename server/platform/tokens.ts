import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { v7 } from "uuid";
import { env } from "./env";

/** A new UUID version 7: ids sort by creation time. */
export const newId = (): string => v7();

/** A secret for a link: 256 random bits in base64url. Store only its hash. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** The hash that is stored of a token. A token has 256 random bits, so an unsalted hash suffices. */
export const hashToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key is not in the database, so a reader of a table or a backup cannot decrypt sealed tokens. */
const sealingKey = () =>
  Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "", "evenhour sealed token", 32));

/** Encrypts a token that must be readable again. @param bound the id of its row, which is authenticated */
export function sealToken(token: string, bound: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(), iv).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The token; null when AUTH_SECRET has changed or the row is another one than it was sealed for. */
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

/** The HMAC-SHA-256 of the bytes, by a key for this purpose that is derived from AUTH_SECRET. */
export const signBytes = (purpose: string, bytes: Uint8Array): Buffer =>
  createHmac("sha256", Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "", purpose, 32)))
    .update(bytes)
    .digest();

/** Whether the texts are the same, in a time that does not reveal where they differ. */
export const isSameText = (one: string, other: string): boolean =>
  timingSafeEqual(
    createHash("sha256").update(one).digest(),
    createHash("sha256").update(other).digest(),
  );
