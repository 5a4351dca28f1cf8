"use client";

import { Form, textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FoundingFields, type Places, regionIn } from "./founding-fields";
import { languageIn } from "./language-field";

/** Founds one more community on this installation. */
export function FoundForm({ places }: { places: Places }) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useSend(trpc.community.found.mutationOptions(), {
    to: ({ slug }) => `/${slug}`,
  });
  return (
    <Form
      sentence={sentence}
      onSend={(data) =>
        send({
          name: textOf(data, "name"),
          language: languageIn(data),
          timeZone: textOf(data, "timeZone"),
          region: regionIn(data),
        })
      }
    >
      <FoundingFields places={places} fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={form("sending")}>
          {t("found")}
        </Button>
      </Actions>
    </Form>
  );
}
