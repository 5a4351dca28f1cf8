"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that knows whether it leads to where we are; its look hangs on `aria-current`. */
export function NavLink({
  href,
  exact = false,
  className,
  children,
}: {
  href: string;
  /** Only this very page, not the pages under it. */
  exact?: boolean;
  className: string;
  children: ReactNode;
}) {
  const path = usePathname();
  const current = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link href={href} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
