/** Fields in which typed text would be lost. */
const TEXT_FIELD = "input:not([type=checkbox], [type=radio], [type=file], [type=submit]), textarea";

/** Watches which fields the user has typed into. */
export function watchTyping(): { hasText: () => boolean; stop: () => void } {
  const typed = new Set<HTMLInputElement | HTMLTextAreaElement>();
  const onInput = ({ target }: Event) => {
    // The selector allows no other elements.
    if (target instanceof Element && target.matches(TEXT_FIELD))
      typed.add(target as HTMLInputElement | HTMLTextAreaElement);
  };
  document.addEventListener("input", onInput, true);
  return {
    /** Whether the page still has a typed text; a form that was sent and emptied has none. */
    hasText: () => {
      for (const field of typed) {
        if (!field.isConnected || field.value === "") typed.delete(field);
      }
      return typed.size > 0;
    },
    stop: () => document.removeEventListener("input", onInput, true),
  };
}
