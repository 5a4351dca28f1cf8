"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { newCommunityShape } from "@/domain/community/schema";
import { readForm } from "@/domain/kernel/form";
import { NewCommunityFields, type Places } from "./new-community-fields";

/** Creates another community on this installation. */
export function CreateCommunityForm({ places }: { places: Places }) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.community.create.mutationOptions(),
    {
      to: ({ slug }) => `/${slug}`,
    },
  );
  return (
    <Form sentence={sentence} onSend={(data) => send(readForm(newCommunityShape, data))}>
      <NewCommunityFields places={places} fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={form("sending")}>
          {t("found")}
        </Button>
      </Actions>
    </Form>
  );
}
