import { createHash, randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A new identifier, in order of time. */
export const newId = (): string => v7();

/** A secret for a link: 256 random bits in base64url. Give it away, keep only its hash. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token. It is random and long, so a plain hash suffices. */
export const hashToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");
