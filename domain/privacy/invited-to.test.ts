import { expect, it } from "vitest";
import { invitedTo } from "./invited-to";

it("reads the community and the invitation from the path of a join page", () => {
  const token = "a".repeat(43);
  expect(invitedTo(`/join/elm-street/${token}`)).toEqual({ community: "elm-street", token });
  expect(invitedTo("/join/elm-street")).toEqual({ community: "elm-street", token: undefined });
});

it.each(["/communities", "/join", "/join/", "/join/a/b/c", "/elm-street/join/a", "/join/a?b=c"])(
  "finds no invitation in %s",
  (path) => {
    expect(invitedTo(path)).toBeNull();
  },
);
