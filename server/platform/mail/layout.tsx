import { Body, Button, Container, Heading, Html, render, Text } from "@react-email/components";
import { createTranslator } from "use-intl/core";
import { directionOf } from "@/domain/kernel/languages";
import { isolating } from "../../../domain/kernel/direction";
import { localeTag } from "../../../domain/kernel/region";
import { type Locale, messagesOf } from "../i18n/messages";

export type ComposedMail = { subject: string; text: string; html: string };

/**
 * A mail's words, from the catalogue of its reader's language.
 * @param tag how dates in it look; by the language alone without one
 */
export const mailWords = (locale: Locale, tag = localeTag({ language: locale })) =>
  isolating(
    createTranslator({ locale: tag, messages: messagesOf(locale), namespace: "mail" }),
    directionOf(locale),
  );

/** What is said of revoked credentials, in mails as on the page. */
export const revocationWords = (locale: Locale) =>
  createTranslator({
    locale: localeTag({ language: locale }),
    messages: messagesOf(locale),
    namespace: "revocation",
  });

// Mail programs know no CSS variables: these are the tokens of app/globals.css by value.
const paper = { backgroundColor: "#faf6ee", color: "#2a2622", fontFamily: "Verdana, sans-serif" };
const accent = {
  backgroundColor: "#1f5c4d",
  color: "#ffffff",
  padding: "14px 22px",
  borderRadius: 8,
};

/** Greeting, some sentences, one thing to do. */
type Letter = {
  locale: Locale;
  subject: string;
  greeting: string;
  sentences: string[];
  action: { label: string; url: string };
  closing: string;
};

/** Composes a letter for mail programs of every kind. */
export async function composeMail(letter: Letter): Promise<ComposedMail> {
  const { locale, subject, greeting, sentences, action, closing } = letter;
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
          <Button href={action.url} style={accent}>
            {action.label}
          </Button>
          <Text style={{ fontSize: 15 }}>{closing}</Text>
        </Container>
      </Body>
    </Html>
  );
  return { subject, html: await render(page), text: plainText(letter) };
}

/** The same letter for those who read mails as text. */
const plainText = ({ greeting, sentences, action, closing }: Letter): string =>
  [greeting, ...sentences, `${action.label}: ${action.url}`, closing].join("\n\n");
