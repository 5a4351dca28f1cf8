import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";

/** A person in one line: disc, name, and where they live or what else there is to say. */
export function PersonLine({ name, detail }: { name: string; detail?: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} size="small" />
      <span className="min-w-0">
        <span className="font-semibold">{name}</span>
        {detail && <span className="text-ink-soft"> · {detail}</span>}
      </span>
    </span>
  );
}
