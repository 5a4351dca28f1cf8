"use client";

import { useRef, useTransition } from "react";
import { FoundingFields, type Places, regionIn } from "@/components/community/founding-fields";
import { languageIn } from "@/components/community/language-field";
import { Form, textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { enter, openAfresh } from "./enter";
import { NewSignInFields } from "./sign-in-fields";

/** Claims the installation: the first community and its first coordinator, who is then signed in. */
export function SetupForm({ token, places }: { token: string; places: Places }) {
  const t = useTranslations("authForm");
  const community = useTranslations("communityForm");
  const trpc = useTRPC();
  const typed = useRef({ email: "", password: "" });
  const [entering, start] = useTransition();
  const { send, pending, sentence, fields } = useSend(trpc.setup.claim.mutationOptions(), {
    stay: true,
    done: ({ slug }) =>
      start(async () => {
        const refused = await enter("password", typed.current);
        openAfresh(refused ? `/sign-in?from=/${slug}` : `/${slug}`);
      }),
  });
  return (
    <Form
      sentence={sentence}
      onSend={(data) => {
        const email = textOf(data, "email");
        const password = textOf(data, "password");
        typed.current = { email, password };
        send({
          token,
          name: textOf(data, "name"),
          language: languageIn(data),
          timeZone: textOf(data, "timeZone"),
          region: regionIn(data),
          yourName: textOf(data, "yourName"),
          email,
          password,
        });
      }}
    >
      <FoundingFields places={places} fields={fields} />
      <NewSignInFields nameField="yourName" fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending || entering} pendingLabel={t("founding")}>
          {community("found")}
        </Button>
      </Actions>
    </Form>
  );
}
