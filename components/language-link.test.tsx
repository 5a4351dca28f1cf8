import {
  PathnameContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { LanguageLink } from "./language-link";

/** Where the link to Arabic comes back to, on a page. */
function backTo(path: string, search = ""): string | null {
  const shown = renderToStaticMarkup(
    <PathnameContext value={path}>
      <SearchParamsContext value={new URLSearchParams(search)}>
        <LanguageLink language="ar" isCurrent={false}>
          العربية
        </LanguageLink>
      </SearchParamsContext>
    </PathnameContext>,
  );
  const address = /href="([^"]+)"/.exec(shown)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const { pathname, searchParams } = new URL(address, "https://evenhour.example.org");
  expect(pathname).toBe("/language/ar");
  return searchParams.get("from");
}

describe("the link to another language", () => {
  it("comes back to the page with its token, and to what was asked for", () => {
    const token = "s3cret_-".repeat(5);
    for (const path of [`/join/elm-street/${token}`, `/setup/${token}`, "/sign-up", "/"]) {
      expect(backTo(path)).toBe(path);
    }
    expect(backTo("/sign-in", "from=%2Fjoin%2Felm%2Fabc&x=1")).toBe(
      "/sign-in?from=%2Fjoin%2Felm%2Fabc&x=1",
    );
  });
});
