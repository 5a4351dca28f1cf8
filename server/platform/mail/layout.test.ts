import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { composeMail } from "./layout";

/** The value of a colour token in the light theme of app/globals.css. */
function token(name: string): string | undefined {
  const theme = readFileSync("app/globals.css", "utf8").split("@layer base")[0] ?? "";
  return new RegExp(`--color-${name}: (#[0-9a-f]{6});`).exec(theme)?.[1];
}

it("uses the colours of the site in e-mails", async () => {
  const { html } = await composeMail({
    locale: "en",
    subject: "Subject",
    greeting: "Hello",
    sentences: ["A sentence."],
    action: { label: "Open", url: "https://example.org/" },
    closing: "Goodbye",
  });
  const style = (tag: string) => new RegExp(`<${tag}[^>]* style="([^"]*)"`).exec(html)?.[1];
  expect(style("body")).toContain(`background-color:${token("paper")}`);
  expect(style("a")).toContain(`background-color:${token("lamp")}`);
  expect(new Set(html.match(/#[0-9a-f]{6}\b/g))).toEqual(
    new Set(["paper", "ink", "lamp", "on-lamp"].map(token)),
  );
});
