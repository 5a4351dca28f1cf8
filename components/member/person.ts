import type { Outputs } from "@/components/trpc";

/** A person as their own page shows them. */
export type Person = Outputs["member"]["get"];
