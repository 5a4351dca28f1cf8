import type { Metadata } from "next";
import { getFormatter } from "next-intl/server";
import { getTranslations } from "@/app/translations";
import { Rooftops } from "@/components/scenes/rooftops";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { OwnLine } from "@/components/ui/own-words";
import { Page } from "@/components/ui/page";
import { callOrRedirect } from "@/server/api/caller";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("title") };
}

/** An e-mail's plain text with links, as e-mail programs show it. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/[^\s<>]+)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text that never changes.
      <a key={index} href={part} className="link">
        {part}
      </a>
    ),
  );

/** The demo's mailbox: every e-mail that would have been sent. */
export default async function MailboxPage() {
  const mails = await callOrRedirect((procedures) => procedures.person.mailbox(), "/mailbox");
  const t = await getTranslations("mailbox");
  const format = await getFormatter();
  return (
    <>
      <Rooftops />
      <Page title={t("title")} lead={t("lead")} width="reading">
        {mails.length === 0 && <EmptyState title={t("empty")} />}
        {mails.map(({ id, recipient, subject, text, createdAt }) => (
          <Card key={id} as="article">
            <h2 className="text-xl">
              <OwnLine>{subject}</OwnLine>
            </h2>
            <p className="text-ink-soft">
              {t("to", { recipient, when: format.relativeTime(createdAt) })}
            </p>
            <p className="mt-3 whitespace-pre-line [unicode-bidi:plaintext]">{withLinks(text)}</p>
          </Card>
        ))}
      </Page>
    </>
  );
}
