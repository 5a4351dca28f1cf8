"use client";

import { signIn } from "next-auth/react";
import { postToWorker } from "@/components/offline/post-to-worker";

/** Why signing in failed; a key of the messages `authForm.refused`. */
export type Refused = "wrongSignIn" | "tooManyAttempts" | "unreachable";

/** Signs in. @returns null after success */
export async function signInWith(
  way: "password" | "link",
  proof: Record<string, string>,
): Promise<Refused | null> {
  postToWorker({ kind: "forget" });
  try {
    const answer = await signIn(way, { ...proof, redirect: false });
    if (answer?.ok) return null;
    if (answer?.error === "tooManyAttempts") return "tooManyAttempts";
    // Only a refusal means a wrong password, not an error of the server.
    return answer?.error === "CredentialsSignin" ? "wrongSignIn" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/**
 * Opens a page as a new document. A font that arrived too late for this document (`font-display:
 * optional`) would not be used in it any more.
 */
export const reloadAt = (path: string): void => window.location.assign(path);
