"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { joinShape } from "@/domain/community/schema";
import { readForm } from "@/domain/kernel/form";

/** Makes me a member. */
export function JoinForm({
  community,
  name,
  token,
  person,
}: {
  community: string;
  name: string;
  token: string | undefined;
  /** What the person is called by their sign-in. */
  person: string;
}) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.community.join.mutationOptions(),
    {
      to: ({ slug }) => `/${slug}/start`,
    },
  );
  return (
    <Form
      sentence={sentence}
      onSend={(data) => send({ community, token, ...readForm(joinShape, data) })}
    >
      <TextInput
        name="name"
        label={t("yourNameHere")}
        hint={t("yourNameHereHint")}
        autoComplete="name"
        defaultValue={person}
        error={fields.name}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("sending")}>
          {t("join", { name })}
        </Button>
      </Actions>
    </Form>
  );
}
