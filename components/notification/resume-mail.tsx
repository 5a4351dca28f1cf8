"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";

/** Lets e-mails be sent again, after the address has been corrected or the mailbox emptied. */
export function ResumeMail({ community }: { community: string }) {
  const t = useTranslations("notificationSettings");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(
    trpc.notification.resumeMail.mutationOptions(),
  );
  return (
    <Form sentence={sentence} onSend={() => send({ community })}>
      <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("resuming")}>
        {t("resume")}
      </Button>
    </Form>
  );
}
