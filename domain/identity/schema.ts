import * as z from "zod/mini";
import { email, language, password } from "../kernel/input";
import { personName } from "../member/schema";

/** An existing password; its length limit only bounds the work of the comparison. */
const currentPassword = z.string().check(z.maxLength(200));

export const signInShape = { email, password: currentPassword };
export const signUpShape = { name: personName, email, password };
export const emailShape = { email };
export const languageShape = { language };
export const passwordChangeShape = { current: currentPassword, password };
/** Without e-mail the new address is typed twice. */
export const emailChangeShape = { current: currentPassword, email, again: z.optional(email) };
