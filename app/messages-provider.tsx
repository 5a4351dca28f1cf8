/**
 * The messages of client components: each page sends only those that it uses. All messages together
 * were a quarter of a page's size.
 */
import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ComponentType, ReactNode } from "react";

/** Namespaces of the messages. */
type Spaces = readonly (keyof Messages)[];

/** Needed on any page: for errors, and offline. */
const ANYWHERE: Spaces = ["site", "savedPages"];

/** Provides the messages of these namespaces to the client components below. */
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

/** A page with the messages of its client components; app/messages-provider.test.ts checks the list. */
export const withMessages = <Props extends object>(of: Spaces, Page: ComponentType<Props>) =>
  async function PageWithWords(props: Props) {
    return (
      <MessagesProvider of={of}>
        <Page {...props} />
      </MessagesProvider>
    );
  };
