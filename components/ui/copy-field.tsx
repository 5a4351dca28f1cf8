"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "./button";
import { TextInput } from "./text-input";

/** A text that is shown only once, with a button to copy it. It takes the focus so that it is noticed. */
export function CopyField({
  label,
  hint,
  value,
}: {
  label: ReactNode;
  hint: ReactNode;
  value: string;
}) {
  const t = useTranslations("form");
  const [copied, setCopied] = useState<"copied" | "copyByHand">();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied("copied");
    } catch {
      // Browsers have no clipboard on pages without https, as in a local network.
      field.current?.focus();
      field.current?.select();
      setCopied("copyByHand");
    }
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <TextInput
        ref={field}
        label={label}
        hint={hint}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Actions>
        <Button variant="secondary" onClick={copy}>
          {t("copy")}
        </Button>
        <span role="status">{copied && t(copied)}</span>
      </Actions>
    </div>
  );
}
