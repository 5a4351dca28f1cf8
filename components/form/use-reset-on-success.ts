import { useState } from "react";

/** For forms with a password: resets the form after success, so that no password stays on the screen. */
export function useResetOnSuccess() {
  const [round, setRound] = useState(0);
  const [said, say] = useState("");
  const done = (sentence: string) => {
    say(sentence);
    setRound((last) => last + 1);
  };
  return { round, said, done, clear: () => say("") };
}
