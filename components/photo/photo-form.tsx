"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FileInput } from "@/components/ui/file-input";
import { FormMessage } from "@/components/ui/form-message";
import { MAX_PHOTO_BYTES, PHOTO_TYPES, photoPath } from "@/domain/photo/photo";
import { useUpload } from "./use-upload";

/** The member's portrait, or with `listingId` the photo of their listing. */
type Props = {
  community: string;
  listingId?: string;
  /** The present photo. */
  photoId: string | null;
};

/** Uploads and deletes a photo. A form of its own, so that text in other forms stays. */
export function PhotoForm({ community, listingId, photoId }: Props) {
  const t = useTranslations("photoForm");
  const router = useRouter();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<File | null>(null);
  const [preview, setPreview] = useState<string>();
  const [taken, setTaken] = useState(0);
  const upload = useUpload(() => {
    setChosen(null);
    setPreview(undefined);
    setTaken((count) => count + 1);
    router.refresh();
  });
  const removed = useFormMutation(trpc.photo.remove.mutationOptions(), { done: () => setTaken(0) });
  const query = listingId ? `?listing=${listingId}` : "";

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0] ?? null;
    upload.refuse(undefined);
    setChosen(file);
    setPreview(undefined);
    if (file && file.size <= MAX_PHOTO_BYTES) void read(file).then(setPreview);
  };
  const send = () => {
    if (!chosen) return upload.refuse(t("chooseFirst"));
    if (chosen.size > MAX_PHOTO_BYTES) {
      return upload.refuse(t("tooLarge", { max: MAX_PHOTO_BYTES / (1024 * 1024) }));
    }
    upload.send(`/api/photos/${community}${query}`, chosen);
  };
  const shown = preview ?? (photoId ? photoPath(community, photoId, "large") : undefined);
  const isSending = upload.progress !== null;
  return (
    <Form sentence={upload.sentence ?? removed.sentence} onSend={send}>
      {shown && (
        <Shown
          key={shown}
          src={shown}
          alt={preview ? t("preview") : t("present")}
          // Most browsers cannot show HEIC photos of iPhones; they can be uploaded all the same.
          onError={() => setPreview(undefined)}
        />
      )}
      {taken > 0 && !chosen && <FormMessage tone="good">{t("taken")}</FormMessage>}
      <FileInput
        key={taken}
        name="photo"
        label={photoId ? t("another") : t("choose")}
        hint={t(listingId ? "hintListing" : "hint")}
        accept={PHOTO_TYPES.join(",")}
        disabled={isSending}
        onChange={choose}
      />
      {isSending && (
        <progress className="w-full" value={upload.progress ?? 0} aria-label={t("sending")} />
      )}
      <Actions>
        <Button
          type="submit"
          variant={chosen ? "primary" : "secondary"}
          pending={isSending}
          pendingLabel={t(upload.progress === 1 ? "making" : "sending")}
        >
          {t("send")}
        </Button>
        {photoId && !isSending && (
          <ConfirmButton
            variant="quiet"
            question={t("removeQuestion")}
            confirmLabel={t("removeSend")}
            cancelLabel={t("back")}
            pending={removed.pending}
            pendingLabel={t("removing")}
            onConfirm={() => removed.send({ community, ...(listingId ? { listingId } : {}) })}
          >
            {t("remove")}
          </ConfirmButton>
        )}
      </Actions>
    </Form>
  );
}

/** A frame of a fixed size, so that the layout does not shift when the photo arrives. */
function Shown({ src, alt, onError }: { src: string; alt: string; onError: () => void }) {
  return (
    <span className="block size-48 overflow-hidden rounded-xl border border-line bg-shade">
      {/* biome-ignore lint/performance/noImgElement: photos are private and already as small as they should be */}
      <img
        src={src}
        alt={alt}
        onError={onError}
        width={192}
        height={192}
        className="size-full object-cover"
      />
    </span>
  );
}

/** A data URL, which the content security policy allows. */
const read = (file: File) =>
  new Promise<string | undefined>((done) => {
    const reader = new FileReader();
    reader.onload = () => done(typeof reader.result === "string" ? reader.result : undefined);
    reader.onerror = () => done(undefined);
    reader.readAsDataURL(file);
  });
