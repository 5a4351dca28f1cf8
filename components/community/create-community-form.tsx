"use client";

import { Form, getText } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { readLanguage } from "./language-field";
import { NewCommunityFields, type Places, readRegion } from "./new-community-fields";

/** Creates another community on this installation. */
export function CreateCommunityForm({ places }: { places: Places }) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.community.found.mutationOptions(),
    {
      to: ({ slug }) => `/${slug}`,
    },
  );
  return (
    <Form
      sentence={sentence}
      onSend={(data) =>
        send({
          name: getText(data, "name"),
          language: readLanguage(data),
          timeZone: getText(data, "timeZone"),
          region: readRegion(data),
        })
      }
    >
      <NewCommunityFields places={places} fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={form("sending")}>
          {t("found")}
        </Button>
      </Actions>
    </Form>
  );
}
