import type { CredentialKind, RevocationCause } from "../../domain/identity/credential";
import type { Locale } from "../platform/i18n/messages";
import { composeMail, mailTranslator, revocationTranslator } from "../platform/mail/layout";

/** The notice to the owner of an account: the revoked credentials and the cause. */
export function revocationMail({
  locale,
  cause,
  revoked,
  url,
}: {
  locale: Locale;
  cause: RevocationCause;
  revoked: readonly CredentialKind[];
  url: string;
}) {
  const say = mailTranslator(locale);
  const explain = revocationTranslator(locale);
  return composeMail({
    locale,
    subject: say("revocation.subject"),
    greeting: say("hello"),
    sentences: [
      explain(`cause.${cause}`),
      ...(revoked.length > 0 ? [explain("closed")] : []),
      ...revoked.map((kind) => explain(`kind.${kind}`)),
    ],
    action: { label: say("revocation.action"), url },
    closing: say("emailChanged.closing"),
  });
}
