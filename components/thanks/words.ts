import type { Outputs } from "@/components/trpc";

/** What was said after an exchange, as its page shows it. */
export type ExchangeWords = Outputs["thanks"]["forExchange"];

/** A page of the thanks that somebody received. */
export type Received = Outputs["thanks"]["forMember"];
