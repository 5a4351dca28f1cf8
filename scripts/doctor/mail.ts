/** Whether e-mails can be sent. */
import { createTransport } from "nodemailer";
import { check, type Finding, reasonOf } from "./finding";
import type { Installation } from "./installation";

const TIMEOUT_MS = 10_000;

/** @param recipient gets a test e-mail; null only connects and signs in */
export async function checkMail(
  { variables, publicUrl }: Installation,
  recipient: string | null,
): Promise<Finding> {
  const { ok, fault, warning, note } = check("mail");
  const { SMTP_URL, MAIL_FROM } = variables;
  if (!SMTP_URL) {
    const sentence =
      "No SMTP_URL is set, so nobody can be reminded of anything by e-mail or sign in by a link.";
    return recipient ? fault(`No test e-mail was sent: ${sentence}`) : note(sentence);
  }
  const { hostname, port } = new URL(SMTP_URL);
  const server = port ? `${hostname}:${port}` : hostname;
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.verify();
    if (MAIL_FROM.includes("@localhost")) {
      return warning(
        `MAIL_FROM is "${MAIL_FROM}", which most mail servers refuse: set it to an address of your own.`,
      );
    }
    if (!recipient) return ok(`${server} accepts the sign-in.`);
    await transport.sendMail({
      from: MAIL_FROM,
      to: recipient,
      subject: "A test of Evenhour's e-mails",
      text: `This is a test of ${publicUrl}. If you read it, e-mails arrive.\n`,
    });
    return ok(`${server} accepted a test e-mail: see whether it arrived, and not as spam.`);
  } catch (error) {
    return fault(sentenceFor(error, server));
  } finally {
    transport.close();
  }
}

function sentenceFor(error: unknown, server: string): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const reason = reasonOf(error);
  switch (code) {
    case "EAUTH":
      return `The mail server ${server} refuses the sign-in (${reason}): correct user and password in SMTP_URL.`;
    case "EENVELOPE":
      return `The mail server ${server} refuses the sender or the recipient (${reason}): correct MAIL_FROM, or the address after --mail.`;
    case "ETLS":
      return `The connection to the mail server ${server} cannot be encrypted (${reason}): use smtps:// for port 465 and smtp:// for 587 in SMTP_URL.`;
    default:
      return `The mail server ${server} (SMTP_URL) cannot be used: ${reason}. No e-mail is sent; Evenhour tries again for some days.`;
  }
}
