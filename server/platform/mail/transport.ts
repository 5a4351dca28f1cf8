/** The connection to the SMTP server: one pool for each address, since a connection costs several round trips. */
import { createTransport, type Transporter } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool/index.js";

/** A server that does not answer delays an e-mail, and must not occupy a worker for longer than this. */
const TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 2;

const pools = new Map<string, Transporter<SMTPPool.SentMessageInfo>>();

/** The pool of connections to an SMTP server. */
export function transportTo(smtp: string): Transporter<SMTPPool.SentMessageInfo> {
  let pool = pools.get(smtp);
  if (!pool) {
    const options: SMTPPool.Options = {
      pool: true,
      url: smtp,
      maxConnections: MAX_CONNECTIONS,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    };
    pool = createTransport(options);
    pools.set(smtp, pool);
  }
  return pool;
}

/** Closes all connections, at the end of the process. */
export function closeTransports(): void {
  for (const pool of pools.values()) pool.close();
  pools.clear();
}

/**
 * Whether the server refused this recipient or this e-mail for good (RFC 5321, 4.2.1: 5yz). A refused sign-in or
 * sender is a fault of the configuration and not of the recipient.
 */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { responseCode, command } = error as Error & { responseCode?: number; command?: string };
  return (
    responseCode !== undefined &&
    responseCode >= 500 &&
    (command === "RCPT TO" || command === "DATA")
  );
}
