import { useState } from "react";

/**
 * For forms with a password: a new form each time that sending worked, so that no password stays on
 * the screen, and what is said of it above.
 */
export function useResetOnSuccess() {
  const [round, setRound] = useState(0);
  const [said, say] = useState("");
  const done = (sentence: string) => {
    say(sentence);
    setRound((last) => last + 1);
  };
  /** `round` is the form's key; `clear` takes back what was said, before sending again. */
  return { round, said, done, clear: () => say("") };
}
