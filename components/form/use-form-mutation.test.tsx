/** A form whose earlier attempt reached the server with other content. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { messagesOf } from "@/server/platform/i18n/messages";
import { Form } from "./form";
import { useFormMutation } from "./use-form-mutation";
import { useNewId } from "./use-new-id";

const router = {
  back: () => undefined,
  forward: () => undefined,
  refresh: () => undefined,
  bfcacheId: "",
  push: () => undefined,
  replace: () => undefined,
  prefetch: () => undefined,
};

const shown = (children: ReactNode) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <AppRouterContext value={router}>
        <NextIntlClientProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
          {children}
        </NextIntlClientProvider>
      </AppRouterContext>
    </QueryClientProvider>,
  );

type Sending = { id: string };

/** A form without fields that exposes its state. */
function Probe({
  work,
  give,
}: {
  work: (sending: Sending) => Promise<never>;
  give: (press: () => void) => void;
}) {
  const fresh = useNewId();
  const { send } = useFormMutation({ mutationFn: work }, { newId: fresh });
  give(() => send({ id: fresh.id() }));
  return null;
}

/** Sends a form twice, which the server refuses. @returns the ids that were sent */
async function idsSent(reason: string): Promise<string[]> {
  const ids: string[] = [];
  const refuse = async ({ id }: Sending) => {
    ids.push(id);
    throw Object.assign(new Error("refused"), { data: { reason } });
  };
  let press: () => void = () => undefined;
  const give = (pressing: () => void) => {
    press = pressing;
  };
  shown(<Probe work={refuse} give={give} />);
  // A press during a request sends nothing.
  await vi.waitFor(() => {
    press();
    expect(ids.length).toBeGreaterThan(1);
  });
  return ids;
}

describe("a form that is sent again", () => {
  it("has another id once the first one was used with other content", async () => {
    const [first, second] = await idsSent("sameIdOtherContent");
    expect(second).not.toBe(first);
  });

  it("has the same id after any other refusal, so that it is one request", async () => {
    const [first, second] = await idsSent("listingNotOpen");
    expect(second).toBe(first);
  });
});

describe("the message above a form", () => {
  const sentence = messagesOf("en").errors.sameIdOtherContent;
  const message = (savedAt: string | undefined) => (
    <Form onSend={() => undefined} sentence={sentence} savedAt={savedAt}>
      {null}
    </Form>
  );
  const href = "/elm/listings/1";

  it("leads to what was saved, where something was", () => {
    const saved = shown(message(href));
    expect(saved).toMatch(
      /had arrived already.*<a [^>]*href="\/elm\/listings\/1"[^>]*>See what was saved/,
    );
    const unsaved = shown(message(undefined));
    expect(unsaved).not.toContain("<a ");
  });
});
