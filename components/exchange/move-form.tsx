"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { Form } from "@/components/form/form";
import { Actions, Button } from "@/components/ui/button";

/**
 * The form of one move. What went wrong stands in it; when somebody else moved the exchange
 * meanwhile, it offers to show the exchange as it is now, and keeps what was typed.
 */
export function MoveForm({
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
