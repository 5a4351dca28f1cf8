/** A mail server on this machine, which accepts every e-mail or fails as a test asks for. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

/**
 * - accept: as usual
 * - refuse: the recipient does not exist (550)
 * - later: try again later (451)
 * - drop: accepts the e-mail, and ends the connection before it says so
 * - silent: does not answer
 */
export type Behaviour = "accept" | "refuse" | "later" | "drop" | "silent";

export type Received = ParsedMail & { recipients: string[]; raw: string };

export async function startSmtp({ atEnd }: { atEnd: (work: () => unknown) => unknown }) {
  const received: Received[] = [];
  let behaviour: Behaviour = "accept";
  const fail = (code: number, text: string) =>
    Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) => {
      if (behaviour === "refuse") done(fail(550, "No such mailbox"));
      else if (behaviour === "later") done(fail(451, "Try again later"));
      else if (behaviour !== "silent") done();
    },
    onData: async (stream, session, done) => {
      const raw = await textOf(stream);
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      received.push({ ...(await simpleParser(raw)), recipients, raw });
      if (behaviour === "drop") {
        for (const { _socket } of connections(server)) _socket.destroy();
        return;
      }
      done();
    },
  });
  server.on("error", () => {
    // A client that a test has killed.
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((done) => server.close(() => done()));
  atEnd(close);
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    /** Behaves that way from now on. */
    behave: (next: Behaviour) => {
      behaviour = next;
    },
    close,
  };
}

const connections = (server: SMTPServer) =>
  (server as unknown as { connections: Set<{ _socket: { destroy: () => void } }> }).connections;

async function textOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
