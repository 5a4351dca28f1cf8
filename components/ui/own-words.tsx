import type { ReactNode } from "react";
import { type Part, partsOf } from "@/domain/kernel/direction";

/** One line as a member wrote it: it has its own direction, whatever stands around it. */
export function OwnLine({ children, lang }: { children: string; lang?: string }) {
  return (
    <bdi lang={lang}>
      <Parts of={children} />
    </bdi>
  );
}

/** A text on its own, such as a title; anything else knows its direction itself. */
export const OwnNode = ({ of: node }: { of: ReactNode }) =>
  typeof node === "string" ? <OwnLine>{node}</OwnLine> : node;

/** Several lines as a member wrote them, each in its own direction. */
export function OwnLines({ children, lang }: { children: string; lang?: string }) {
  return children.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, which never reorder
    <span key={index} lang={lang} dir="auto" className="block min-h-[1lh]">
      <Parts of={line} />
    </span>
  ));
}

/** Telephone numbers and addresses read from left to right, in a line of either direction. */
function Parts({ of: line }: { of: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line, which never reorder
  return partsOf(line).map((part, index) => <OnePart key={index} {...part} />);
}

function OnePart({ kind, text }: Part) {
  if (kind === "words") return text;
  // Groups of Arabic digits would stand from right to left without the override.
  return kind === "number" ? <bdo dir="ltr">{text}</bdo> : <bdi dir="ltr">{text}</bdi>;
}
