/** What stands around an installation: a web server with https in front, and a mail server. */
import { readFileSync } from "node:fs";
import { request as forward, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";

/** Self-signed certificates for localhost, with their keys. They are for these tests only. */
export const certificates = {
  valid: readFileSync(join(import.meta.dirname, "localhost.pem"), "utf8"),
  expired: readFileSync(join(import.meta.dirname, "expired.pem"), "utf8"),
};

export type Listening = { port: number; close: () => Promise<void> };

const listening = async (server: Server): Promise<Listening> => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
};

export const startHttps = (handler: RequestListener, pem = certificates.valid) =>
  listening(createSecureServer({ key: pem, cert: pem }, handler));

export type WebServer = {
  /** The port of the product. */
  port: number;
  /** Changes the headers of a request: by default the client's address is set, as the recipes do. */
  change?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  /** Changes the Date header of the answer. */
  date?: string;
};

const setAddress = (headers: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...headers,
  "x-forwarded-for": "198.51.100.7",
});

/** Passes requests on, as `proxy` says at that moment. */
export const passOn =
  (proxy: WebServer): RequestListener =>
  (incoming, response) => {
    const headers = (proxy.change ?? setAddress)(incoming.headers);
    const { method, url } = incoming;
    const sent = forward(
      { host: "127.0.0.1", port: proxy.port, method, path: url, headers },
      (answer) => {
        const date = proxy.date ? { date: proxy.date } : {};
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...date });
        answer.pipe(response);
      },
    );
    sent.once("error", () => response.writeHead(502).end());
    sent.end();
  };

export type MailServer = Listening & { received: string[] };

export const MAIL_PASSWORD = "open-sesame-7";

/** Accepts the password MAIL_PASSWORD and every e-mail, over one connection after the other. */
export async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let data: string | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 mail.example.org ESMTP");
    socket.setEncoding("utf8").on("data", (text: string) => {
      if (data !== null) {
        data += text;
        if (!data.endsWith("\r\n.\r\n")) return;
        received.push(data);
        data = null;
        return say("250 2.0.0 Accepted");
      }
      const [command = ""] = text.trim().toUpperCase().split(" ");
      if (command === "EHLO") return say("250-mail.example.org\r\n250 AUTH PLAIN");
      if (command === "AUTH") {
        const [, , , secret = ""] = /^(AUTH) (PLAIN) (.*)/i.exec(text.trim()) ?? [];
        const isRight = Buffer.from(secret, "base64").toString().endsWith(`\0${MAIL_PASSWORD}`);
        return say(isRight ? "235 2.7.0 Accepted" : "535 5.7.8 Authentication failed");
      }
      if (command === "DATA") {
        data = "";
        return say("354 Go ahead");
      }
      if (command === "QUIT") {
        say("221 2.0.0 Bye");
        return socket.end();
      }
      return say("250 2.0.0 OK");
    });
    socket.on("error", () => undefined);
  });
  return { ...(await listening(server)), received };
}
