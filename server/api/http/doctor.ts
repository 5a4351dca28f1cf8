/** What the running product tells `npm run doctor` about a request, and nobody else. */
import type { IncomingMessage, ServerResponse } from "node:http";
import packageFile from "@/package.json";
import {
  DOCTOR_HEADER,
  DOCTOR_PATH,
  nonceOf,
  readDoctorKey,
  signAnswer,
} from "../../platform/doctor-key";
import { env } from "../../platform/env";

/** What the doctor learns. No secrets, since proxies on the way can read it. */
export type Diagnosis = {
  version: string;
  node: string;
  publicUrl: string;
  /** The client's address as rate limits count it. */
  address: string;
  /** The number of addresses in X-Forwarded-For. */
  forwarded: number;
  trustedProxies: number;
};

/** Nonces that were used, so that a proxy on the way cannot ask again. */
const used = new Set<string>();
const MAX_USED = 1000;

/**
 * Answers a request that the doctor of this installation signed.
 * @param seen what the server in front saw
 * @returns false for every other request, which must be answered as if the endpoint did not exist
 */
export function answerDoctor(
  { headers, url = "" }: Pick<IncomingMessage, "headers" | "url">,
  response: ServerResponse,
  seen: Pick<Diagnosis, "address" | "forwarded" | "trustedProxies">,
): boolean {
  const header = headers[DOCTOR_HEADER];
  if (url !== DOCTOR_PATH || typeof header !== "string") return false;
  const { EVENHOUR_DATA_DIR, PUBLIC_URL } = env();
  const key = readDoctorKey(EVENHOUR_DATA_DIR, new Date());
  const nonce = key && nonceOf(header, key);
  if (!nonce || used.has(nonce)) return false;
  if (used.size >= MAX_USED) used.clear();
  used.add(nonce);
  const diagnosis: Diagnosis = {
    version: packageFile.version,
    node: process.versions.node,
    publicUrl: PUBLIC_URL,
    ...seen,
  };
  const body = JSON.stringify(diagnosis);
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    [DOCTOR_HEADER]: signAnswer(key, nonce, body),
  });
  response.end(body);
  return true;
}
