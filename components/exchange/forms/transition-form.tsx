"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { Form } from "@/components/form/form";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "@/components/ui/button";
import type { ExchangeRef } from "../exchange";

/**
 * The form of one move. What went wrong stands in it; when somebody else moved the exchange
 * meanwhile, it offers to show the exchange as it is now, and keeps what was typed.
 */
export function TransitionForm({
  version,
  sent,
  onSend,
  children,
}: {
  version: number;
  sent: { sentence: string | undefined; reason: string | undefined };
  onSend: (data: FormData) => void;
  children: ReactNode;
}) {
  // A refusal belongs to the version that it was said about, and goes with it.
  const [sentVersion, setSentVersion] = useState(version);
  const isFresh = sentVersion === version;
  return (
    <Form
      sentence={isFresh ? sent.sentence : undefined}
      onSend={(data) => {
        setSentVersion(version);
        onSend(data);
      }}
    >
      {isFresh && sent.reason === "exchangeChanged" && <Refresh />}
      {children}
    </Form>
  );
}

type Sending = { pending: boolean; sentence: string | undefined; reason: string | undefined };

/** The button that makes the move. */
export function SubmitButton({
  sent,
  variant = "secondary",
  pendingLabel,
  children,
}: {
  sent: Pick<Sending, "pending">;
  variant?: "primary" | "secondary";
  pendingLabel: string;
  children: ReactNode;
}) {
  return (
    <Actions>
      <Button type="submit" variant={variant} pending={sent.pending} pendingLabel={pendingLabel}>
        {children}
      </Button>
    </Actions>
  );
}

/** A move that needs nothing but a yes. */
export function SimpleTransition({
  exchange,
  sent,
  ...button
}: {
  exchange: ExchangeRef;
  sent: Sending & { send: (exchange: ExchangeRef) => void };
  variant?: "primary" | "secondary";
  pendingLabel: string;
  children: ReactNode;
}) {
  return (
    <TransitionForm version={exchange.version} sent={sent} onSend={() => sent.send(exchange)}>
      <SubmitButton sent={sent} {...button} />
    </TransitionForm>
  );
}

function Refresh() {
  const t = useTranslations("exchangeForm");
  const router = useRouter();
  const [pending, start] = useTransition();
  return (
    <Actions>
      <Button
        variant="secondary"
        pending={pending}
        pendingLabel={t("refreshing")}
        onClick={() => start(() => router.refresh())}
      >
        {t("refresh")}
      </Button>
    </Actions>
  );
}
