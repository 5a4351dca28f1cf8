"use client";

import { useRef, useState } from "react";
import { useTranslations } from "@/components/translations";

/** What the door for photos answers to a refusal. */
type Refusal = { error?: unknown };

/**
 * Sends a photo and tells how far it is. Of the browser's two ways to send, only this one tells.
 * @param then called once the photo is up
 */
export function useUpload(then: () => void) {
  const say = useTranslations("form");
  const sending = useRef(false);
  /** From 0 to 1 while it is on its way; null otherwise. */
  const [progress, setProgress] = useState<number | null>(null);
  const [sentence, setSentence] = useState<string>();

  const send = (url: string, photo: Blob) => {
    if (sending.current) return;
    sending.current = true;
    setSentence(undefined);
    setProgress(0);
    const request = new XMLHttpRequest();
    const end = (refusal?: string) => {
      sending.current = false;
      setProgress(null);
      setSentence(refusal);
      if (refusal === undefined) then();
    };
    request.upload.onprogress = ({ loaded, total }) => setProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      end(request.status === 200 ? undefined : (sentenceIn(request) ?? say("unreachable")));
    request.onerror = () => end(say("unreachable"));
    request.ontimeout = request.onerror;
    // A slow line takes minutes for a large photo; longer than that, it has broken.
    request.timeout = 10 * 60_000;
    request.open("POST", url);
    const form = new FormData();
    form.set("photo", photo);
    request.send(form);
  };
  return { send, progress, sentence, refuse: setSentence };
}

function sentenceIn({ responseText }: XMLHttpRequest): string | undefined {
  try {
    const { error } = JSON.parse(responseText) as Refusal;
    return typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}
