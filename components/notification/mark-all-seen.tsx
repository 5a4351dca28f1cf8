"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";

/** Marks all notifications as seen. */
export function MarkAllSeen({ community }: { community: string }) {
  const t = useTranslations("notifications");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.notification.markSeen.mutationOptions());
  return (
    <Form sentence={sentence} onSend={() => send({ community })}>
      <Button type="submit" variant="quiet" pending={pending} pendingLabel={t("marking")}>
        {t("markAll")}
      </Button>
    </Form>
  );
}
