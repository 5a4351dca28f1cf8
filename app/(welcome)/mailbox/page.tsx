import { getFormatter, getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { Page } from "@/components/ui/page";
import { Rooftops } from "@/components/ui/rooftops";
import { load } from "@/server/caller";

/** The demo's letter box: every mail that would have been sent. */
export default async function MailboxPage() {
  const mails = await load((procedures) => procedures.person.mailbox(), "/mailbox");
  const t = await getTranslations("mailbox");
  const format = await getFormatter();
  return (
    <>
      <Rooftops />
      <Page title={t("title")} lead={t("lead")} width="reading">
        {mails.length === 0 && <Empty title={t("empty")} />}
        {mails.map(({ id, recipient, subject, text, createdAt }) => (
          <Card key={id} as="article">
            <h2 className="text-xl">{subject}</h2>
            <p className="text-ink-soft">
              {t("to", { recipient, when: format.relativeTime(createdAt) })}
            </p>
            <p className="mt-3 whitespace-pre-line [overflow-wrap:anywhere]">{text}</p>
          </Card>
        ))}
      </Page>
    </>
  );
}
