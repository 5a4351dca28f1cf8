"use client";

import { signIn } from "next-auth/react";
import { useState, useTransition } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { TextInput } from "@/components/ui/text-input";
import { emailShape } from "@/domain/identity/schema";
import { readForm } from "@/domain/kernel/form";
import { type Refused, reloadAt, signInWith } from "./sign-in-with";

/** Requests a sign-in link by e-mail. */
export function RequestLinkForm() {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.person.requestLink.mutationOptions(),
    {
      stay: true,
      done: () => setAsked(true),
    },
  );
  if (asked) return <FormMessage tone="good">{t("linkSent")}</FormMessage>;
  return (
    <Form sentence={sentence} onSend={(data) => send(readForm(emailShape, data))}>
      <TextInput
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        error={fields.email}
      />
      <Actions>
        <Button
          type="submit"
          variant="secondary"
          wide
          pending={pending}
          pendingLabel={t("sendingLink")}
        >
          {t("sendLink")}
        </Button>
      </Actions>
    </Form>
  );
}

/** Uses a one-time link by a button: e-mail programs open links by themselves. */
export function UseLinkForm({ token }: { token: string }) {
  const t = useTranslations("authForm");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [pending, start] = useTransition();
  return (
    <Form
      sentence={refused ? t(`refusedLink.${refused}`) : undefined}
      onSend={() =>
        start(async () => {
          const answer = await signInWith("link", { token });
          if (answer) return setRefused(answer);
          reloadAt("/communities");
        })
      }
    >
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={t("entering")}>
          {t("signIn")}
        </Button>
      </Actions>
    </Form>
  );
}

/** Goes to the OpenID Connect provider and comes back to `from`. */
export function ProviderButton({ name, from }: { name: string; from: string }) {
  const t = useTranslations("authForm");
  return (
    <Button variant="secondary" wide onClick={() => signIn("oidc", { callbackUrl: from })}>
      {t("provider", { name })}
    </Button>
  );
}
