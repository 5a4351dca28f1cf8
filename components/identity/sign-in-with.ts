"use client";

import { signIn } from "next-auth/react";
import { postToWorker } from "@/components/offline/post-to-worker";

/** Why signing in did not work; a key of the messages `authForm.refused`. */
export type Refused = "wrongSignIn" | "tooManyAttempts" | "unreachable";

/** Opens a session; null when it worked. */
export async function signInWith(
  way: "password" | "link",
  proof: Record<string, string>,
): Promise<Refused | null> {
  postToWorker({ kind: "forget" });
  try {
    const answer = await signIn(way, { ...proof, redirect: false });
    if (answer?.ok) return null;
    if (answer?.error === "tooManyAttempts") return "tooManyAttempts";
    // Only a refusal may say that the password is wrong; a server in trouble must not.
    return answer?.error === "CredentialsSignin" ? "wrongSignIn" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/**
 * Opens a page as a new document. A font that was late for this document (`font-display: optional`)
 * would not be used in it any more, and the first page inside would be set in another.
 */
export const reloadAt = (path: string): void => window.location.assign(path);
