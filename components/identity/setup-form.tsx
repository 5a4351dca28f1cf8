"use client";

import { useRef, useTransition } from "react";
import { NewCommunityFields, type Places } from "@/components/community/new-community-fields";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { setupShape } from "@/domain/community/schema";
import { readForm } from "@/domain/kernel/form";
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
        const input = readForm(setupShape, data);
        typed.current = { email: input.email, password: input.password };
        send({ token, ...input });
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
