/**
 * The key with which `npm run doctor` asks the running product what arrives of a request. It is a file in the data
 * folder for the minute that the doctor runs, and is never sent: requests and answers are signed with it.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The header of a request: a nonce and its signature. */
export const DOCTOR_HEADER = "x-evenhour-doctor";
export const DOCTOR_PATH = "/api/doctor";

const FILE = "doctor-key";
const KEY_BYTES = 32;
/** A key that a killed doctor left behind becomes useless. */
const VALID_MS = 5 * 60_000;
const HEADER = /^([\w-]{22})\.([\w-]{43})$/;

/** Writes a new key. @returns the key, and a function that deletes it @throws what writing a file throws */
export function writeDoctorKey(dataDir: string): { key: string; remove: () => void } {
  const file = join(dataDir, FILE);
  const key = randomBytes(KEY_BYTES).toString("base64url");
  rmSync(file, { force: true });
  writeFileSync(file, key, { mode: 0o600, flag: "wx" });
  // When root runs the doctor, the product's user must be able to read the key.
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataDir);
    chownSync(file, uid, gid);
  }
  return { key, remove: () => rmSync(file, { force: true }) };
}

/** The key, while a doctor runs; else null. */
export function readDoctorKey(dataDir: string, now: Date): string | null {
  try {
    const file = join(dataDir, FILE);
    const age = now.getTime() - statSync(file).mtime.getTime();
    return Math.abs(age) < VALID_MS ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  }
}

const sign = (key: string, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url");

/** The header of a request, with a new nonce. */
export function signRequest(key: string): { nonce: string; header: string } {
  const nonce = randomBytes(16).toString("base64url");
  return { nonce, header: `${nonce}.${sign(key, `request ${nonce}`)}` };
}

/** The nonce of a header that was signed with the key; null for any other. */
export function nonceOf(header: string, key: string): string | null {
  const [, nonce = "", signature = ""] = HEADER.exec(header) ?? [];
  return nonce && isSame(signature, sign(key, `request ${nonce}`)) ? nonce : null;
}

/** The signature of the answer to a request. */
export const signAnswer = (key: string, nonce: string, body: string): string =>
  sign(key, `answer ${nonce} ${body}`);

export const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
