import * as z from "zod/mini";
import { id, someLines } from "../kernel/input";
import { MAX_PRIVATE_MESSAGE, MAX_THANKS } from "./thanks";

export const thanksShape = { text: someLines(MAX_THANKS) };
/** A message to the coordinators. */
export const privateMessageShape = { text: someLines(MAX_PRIVATE_MESSAGE) };

/** The query of the coordinators' page of messages: the last one of the previous page. */
export const privateMessagesShape = { exchange: z.optional(id), from: z.optional(id) };

/** The query of a member's page: the last thanks of the previous page. */
export const memberPageShape = { thanks: z.optional(id) };
