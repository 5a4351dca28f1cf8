"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";

/** Makes me a member. */
export function JoinForm({
  community,
  name,
  token,
}: {
  community: string;
  name: string;
  token: string | undefined;
}) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useSend(trpc.community.join.mutationOptions(), {
    to: ({ slug }) => `/${slug}/start`,
  });
  return (
    <Form sentence={sentence} onSend={() => send({ community, token })}>
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("sending")}>
          {t("join", { name })}
        </Button>
      </Actions>
    </Form>
  );
}
