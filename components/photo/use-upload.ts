"use client";

import { useRef, useState } from "react";
import { useTranslations } from "@/components/translations";

/** The error response of the upload endpoint. */
type Refusal = { error?: unknown };

/**
 * Uploads a photo and reports its progress, for which it uses XMLHttpRequest: fetch reports none.
 * @param then called after success
 */
export function useUpload(then: () => void) {
  const say = useTranslations("form");
  const sending = useRef(false);
  /** From 0 to 1 during the upload, else null. */
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
    // A large photo takes minutes on a slow connection.
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
