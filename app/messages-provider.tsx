/**
 * The words that client components read: each page sends its own, and no others. All of them were
 * a quarter of what an old phone had to load for a page.
 */
import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ComponentType, ReactNode } from "react";

/** Namespaces of the catalogue. */
type Spaces = readonly (keyof Messages)[];

/** What may be needed on any page: when it fails, and without a line. */
const ANYWHERE: Spaces = ["site", "savedPages"];

/** Gives the components below the words of these namespaces, and of no others. */
export async function MessagesProvider({
  of = ANYWHERE,
  children,
}: {
  of?: Spaces;
  children: ReactNode;
}) {
  const messages = await getMessages();
  const some = Object.fromEntries(of.map((space) => [space, messages[space]]));
  return <NextIntlClientProvider messages={some}>{children}</NextIntlClientProvider>;
}

/** A page together with the words of its forms; app/messages-provider.test.ts looks that they are the right ones. */
export const withMessages = <Props extends object>(of: Spaces, Page: ComponentType<Props>) =>
  async function PageWithWords(props: Props) {
    return (
      <MessagesProvider of={of}>
        <Page {...props} />
      </MessagesProvider>
    );
  };
