import { LinkButton } from "./button";

/** The next part of a long list. */
export function MoreLink({ href, label }: { href: string; label: string }) {
  return (
    <p className="flex justify-center pt-2">
      <LinkButton variant="secondary" href={href}>
        {label}
      </LinkButton>
    </p>
  );
}
