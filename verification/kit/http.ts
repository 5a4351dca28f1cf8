/** A plain HTTP client with keep-alive connections, whose own cost hardly shows in measurements. */
import { Agent, type RequestOptions, request } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** As received, not decoded. */
  body: Buffer;
};

export type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

export type Http = {
  send: (path: string, sent?: Sent) => Promise<Answer>;
  close: () => void;
};

/** Where to connect, instead of the product's own port. */
type Through = {
  host: string;
  port: string;
  /** The client's address. */
  localAddress?: string;
  /** The certificate of the authority, for a base URL with https. */
  ca?: string;
};

/** @param connections maximum number of parallel connections */
export function http(baseUrl: string, connections: number, through?: Through): Http {
  const base = new URL(baseUrl);
  const isSecure = base.protocol === "https:";
  const where: RequestOptions & { servername?: string } = through
    ? { ...through, servername: base.hostname }
    : { host: "127.0.0.1", port: base.port };
  // Below the server's keep-alive timeout of five seconds.
  const pool = { keepAlive: true, maxSockets: connections, timeout: 3000 };
  const agent = isSecure ? new SecureAgent(pool) : new Agent(pool);
  const start = isSecure ? secureRequest : request;
  const send = (path: string, sending: Sent = {}): Promise<Answer> => {
    const { method = "GET", headers = {}, body = "" } = sending;
    return new Promise<Answer>((done, failed) => {
      const sent = start(
        {
          ...where,
          agent,
          path,
          method,
          headers: {
            host: base.host,
            ...headers,
            ...(body ? { "content-length": Buffer.byteLength(body) } : {}),
          },
        },
        (answer) => {
          const parts: Buffer[] = [];
          const { statusCode = 0, headers: received } = answer;
          const finish = () =>
            done({ status: statusCode, headers: received, body: Buffer.concat(parts) });
          answer.on("data", (part: Buffer) => {
            parts.push(part);
            if (!isStream(received)) return;
            finish();
            answer.destroy();
          });
          answer.once("error", failed);
          answer.once("end", finish);
        },
      );
      sent.once("error", (error: NodeJS.ErrnoException) => {
        // The server closed the idle connection just as it was reused.
        if (sent.reusedSocket && error.code === "ECONNRESET")
          send(path, sending).then(done, failed);
        else failed(error);
      });
      sent.end(body);
    });
  };
  return { send, close: () => agent.destroy() };
}

/** Whether the answer has no end: its first part is all of it. */
const isStream = (headers: Answer["headers"]) =>
  String(headers["content-type"]).startsWith("text/event-stream");

/** The path at which browsers call a query. */
export const sendRequest = (procedure: string, asked: Record<string, unknown>): string =>
  `/api/trpc/${procedure}?${new URLSearchParams({ input: JSON.stringify({ json: asked }) })}`;

/** Calls a query and returns its data. @throws when the status is not 200 */
export async function answerOf<Data>(
  { send }: Http,
  cookie: string,
  ...asked: Parameters<typeof sendRequest>
): Promise<Data> {
  const { status, body } = await send(sendRequest(...asked), { headers: { cookie } });
  if (status !== 200) throw new Error(`${asked[0]} answers ${status}.`);
  return (JSON.parse(body.toString()) as { result: { data: { json: Data } } }).result.data.json;
}

/**
 * Submits a sign-in form as a browser does.
 * @param address the client's network address, where the product trusts a proxy
 */
export async function askToSignIn(
  { send }: Http,
  baseUrl: string,
  way: "password" | "link",
  form: Record<string, string>,
  address = "127.0.0.1",
): Promise<Answer> {
  const from = { "x-forwarded-for": address, origin: baseUrl };
  const csrf = await send("/api/auth/csrf", { headers: from });
  const { csrfToken } = JSON.parse(csrf.body.toString()) as { csrfToken: string };
  return send(`/api/auth/callback/${way}`, {
    method: "POST",
    headers: {
      ...from,
      cookie: cookiesOf(csrf),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ ...form, csrfToken, json: "true" }).toString(),
  });
}

/** Signs in by password. @returns the value of the Cookie header for later requests */
export async function signIn(
  client: Http,
  baseUrl: string,
  credentials: { email: string; password: string },
  address?: string,
): Promise<string> {
  const answer = await askToSignIn(client, baseUrl, "password", credentials, address);
  const cookies = cookiesOf(answer);
  if (answer.status !== 200 || !cookies.includes("session")) {
    throw new Error(
      `Signing in failed (${answer.status}): ${answer.body.toString().slice(0, 300)}`,
    );
  }
  return cookies;
}

const cookiesOf = ({ headers }: Answer): string =>
  [headers["set-cookie"] ?? []]
    .flat()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
