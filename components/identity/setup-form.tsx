"use client";

import { useRef, useTransition } from "react";
import { readLanguage } from "@/components/community/language-field";
import {
  NewCommunityFields,
  type Places,
  readRegion,
} from "@/components/community/new-community-fields";
import { Form, getText } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { NewSignInFields } from "./sign-in-fields";
import { reloadAt, signInWith } from "./sign-in-with";

/** Claims the installation: the first community and its first coordinator, who is then signed in. */
export function SetupForm({ token, places }: { token: string; places: Places }) {
  const t = useTranslations("authForm");
  const community = useTranslations("communityForm");
  const trpc = useTRPC();
  const typed = useRef({ email: "", password: "" });
  const [entering, start] = useTransition();
  const { send, pending, sentence, fields } = useFormMutation(trpc.setup.claim.mutationOptions(), {
    stay: true,
    done: ({ slug }) =>
      start(async () => {
        const refused = await signInWith("password", typed.current);
        reloadAt(refused ? `/sign-in?from=/${slug}` : `/${slug}`);
      }),
  });
  return (
    <Form
      sentence={sentence}
      onSend={(data) => {
        const email = getText(data, "email");
        const password = getText(data, "password");
        typed.current = { email, password };
        send({
          token,
          name: getText(data, "name"),
          language: readLanguage(data),
          timeZone: getText(data, "timeZone"),
          region: readRegion(data),
          yourName: getText(data, "yourName"),
          email,
          password,
        });
      }}
    >
      <NewCommunityFields places={places} fields={fields} />
      <NewSignInFields nameField="yourName" fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending || entering} pendingLabel={t("founding")}>
          {community("found")}
        </Button>
      </Actions>
    </Form>
  );
}
