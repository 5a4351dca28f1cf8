import {
  Body,
  Button,
  Container,
  Heading,
  Html,
  Link,
  render,
  Text,
} from "@react-email/components";
import { createTranslator } from "use-intl/core";
import { directionOf } from "@/domain/kernel/languages";
import { isolating } from "../../../domain/kernel/direction";
import { localeTag } from "../../../domain/kernel/region";
import { type Locale, messagesOf } from "../i18n/messages";

export type ComposedMail = { subject: string; text: string; html: string };

/**
 * The translator of the `mail` messages in the recipient's language.
 * @param tag the locale that formats dates; without it, the language alone
 */
export const mailTranslator = (locale: Locale, tag = localeTag({ language: locale })) =>
  isolating(
    createTranslator({ locale: tag, messages: messagesOf(locale), namespace: "mail" }),
    directionOf(locale),
  );

/** The translator of the messages about revoked credentials, which e-mails and pages share. */
export const revocationTranslator = (locale: Locale) =>
  createTranslator({
    locale: localeTag({ language: locale }),
    messages: messagesOf(locale),
    namespace: "revocation",
  });

// E-mail clients do not support CSS variables: these are tokens of app/globals.css by value (paper and ink,
// lamp and on-lamp). layout.test.ts compares them.
const paper = { backgroundColor: "#faf6ec", color: "#1e2143", fontFamily: "Verdana, sans-serif" };
const accent = {
  backgroundColor: "#ffb52b",
  color: "#1e2143",
  padding: "14px 22px",
  borderRadius: 8,
};

/** The content of an e-mail: every one has a single action. */
type MailContent = {
  locale: Locale;
  subject: string;
  greeting: string;
  sentences: string[];
  /** Things with a link each, such as new listings. */
  items?: { title: string; detail: string; url: string }[];
  action: { label: string; url: string };
  closing: string;
  /** The page that stops e-mails of this kind, when they can be stopped. */
  unsubscribe?: { label: string; url: string };
};

/** Renders an e-mail as HTML and as plain text. */
export async function composeMail(content: MailContent): Promise<ComposedMail> {
  const {
    locale,
    subject,
    greeting,
    sentences,
    items = [],
    action,
    closing,
    unsubscribe,
  } = content;
  const page = (
    <Html lang={locale} dir={directionOf(locale)}>
      <Body style={paper}>
        <Container style={{ padding: 24, maxWidth: 560 }}>
          <Heading as="h1" style={{ fontSize: 22 }}>
            {greeting}
          </Heading>
          {sentences.map((sentence) => (
            <Text key={sentence} style={{ fontSize: 17, lineHeight: "26px" }}>
              {sentence}
            </Text>
          ))}
          {items.map(({ title, detail, url }) => (
            <Text key={url} style={{ fontSize: 17, lineHeight: "26px" }}>
              <Link href={url} style={{ color: paper.color, fontWeight: "bold" }}>
                <bdi>{title}</bdi>
              </Link>
              <br />
              {detail}
            </Text>
          ))}
          <Button href={action.url} style={accent}>
            {action.label}
          </Button>
          <Text style={{ fontSize: 15 }}>{closing}</Text>
          {unsubscribe && (
            <Text style={{ fontSize: 15 }}>
              <Link href={unsubscribe.url} style={{ color: paper.color }}>
                {unsubscribe.label}
              </Link>
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  );
  return { subject, html: await render(page), text: plainText(content) };
}

const plainText = ({
  greeting,
  sentences,
  items = [],
  action,
  closing,
  unsubscribe,
}: MailContent): string =>
  [
    greeting,
    ...sentences,
    ...items.map(({ title, detail, url }) => `${title}\n${detail}\n${url}`),
    `${action.label}: ${action.url}`,
    closing,
    ...(unsubscribe ? [`${unsubscribe.label}: ${unsubscribe.url}`] : []),
  ].join("\n\n");
