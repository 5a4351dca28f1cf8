/** Requests of the doctor, which look at the connection as well as at the answer. */
import { request as askPlain, type IncomingHttpHeaders } from "node:http";
import { request as askSecure } from "node:https";
import { TLSSocket } from "node:tls";
import { z } from "zod";
import type { Diagnosis } from "../../server/api/http/doctor";
import {
  DOCTOR_HEADER,
  DOCTOR_PATH,
  isSame,
  signAnswer,
  signRequest,
} from "../../server/platform/doctor-key";
import { reasonOf } from "./finding";

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 100_000;

export type Certificate = {
  validTo: Date;
  /** Why browsers refuse it; null when they accept it. */
  problem: string | null;
};

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  certificate: Certificate | null;
  /** When the answer began to arrive, by this machine's clock. */
  at: Date;
};

/** An answer, or the reason why there is none. */
export type Asked = Answer | { reason: string };

type Request = {
  headers?: Record<string, string>;
  /** Further trusted authorities, for tests. */
  ca?: string | undefined;
};

/** A GET request. A certificate that is not valid is reported, not refused. */
export function ask(url: URL, { headers = {}, ca }: Request = {}): Promise<Asked> {
  return new Promise((done) => {
    const options = { headers, timeout: TIMEOUT_MS, agent: false, rejectUnauthorized: false };
    const sent =
      url.protocol === "https:" ? askSecure(url, { ...options, ca }) : askPlain(url, options);
    sent.once("timeout", () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    sent.once("error", (error) => done({ reason: reasonOf(error) }));
    sent.once("response", (response) => {
      const at = new Date();
      const certificate =
        response.socket instanceof TLSSocket ? certificateOf(response.socket) : null;
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        if (body.length < MAX_BODY_BYTES) body += part;
      });
      response.once("error", (error) => done({ reason: reasonOf(error) }));
      response.once("end", () => {
        const { statusCode = 0, headers } = response;
        done({ status: statusCode, headers, body, certificate, at });
      });
    });
    sent.end();
  });
}

function certificateOf(socket: TLSSocket): Certificate {
  const { valid_to } = socket.getPeerCertificate();
  const problem = socket.authorized ? null : String(socket.authorizationError);
  return { validTo: new Date(valid_to), problem };
}

const diagnosisShape = z.object({
  version: z.string(),
  node: z.string(),
  publicUrl: z.string(),
  address: z.string(),
  forwarded: z.int(),
  trustedProxies: z.int(),
}) satisfies z.ZodType<Diagnosis>;

export type Diagnosed = { answer: Asked; diagnosis: Diagnosis | null };

/**
 * Asks the running product what arrives of a request.
 * @returns the answer, and the diagnosis if this installation signed it
 */
export async function diagnose(
  origin: string,
  key: string,
  { headers = {}, ca }: Request = {},
): Promise<Diagnosed> {
  const { nonce, header } = signRequest(key);
  const answer = await ask(new URL(DOCTOR_PATH, origin), {
    headers: { ...headers, [DOCTOR_HEADER]: header },
    ca,
  });
  if ("reason" in answer) return { answer, diagnosis: null };
  const signature = [answer.headers[DOCTOR_HEADER] ?? []].flat()[0] ?? "";
  if (!isSame(signature, signAnswer(key, nonce, answer.body))) return { answer, diagnosis: null };
  return { answer, diagnosis: diagnosisShape.parse(JSON.parse(answer.body)) };
}
