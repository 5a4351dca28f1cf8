import { describe, expect, it } from "vitest";
import { bareNames, bareNamesOfPages } from "./member-names";

describe("a member's name", () => {
  it("is shown by the component that shows the coordinator badge, and nowhere else", () => {
    expect(bareNamesOfPages()).toEqual([]);
  });

  it.each([
    ["as a child", "<p>{member.displayName}</p>"],
    ["in an element of its own", "<p>by <bdi>{from.displayName}</bdi></p>"],
    ["in a fragment", "<>{displayName}</>", "const { displayName } = member;"],
    ["under another name", "<b>{name}</b>", "const { displayName: name } = member;"],
    ["taken out of its member", "<b>{name}</b>", "const name = other.displayName;"],
    ["as one of two texts", '<b>{isMine ? "You" : member.displayName}</b>'],
    ["as a title", "<ListRow title={member.displayName} />"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source code under test
    ["in a longer text", "<Page title={`${me.displayName}!`} />"],
    ["of an account's other side", "<b>{line.counterpartName}</b>"],
  ])("is found %s", (_, markup, before = "") => {
    expect(bareNames(`function Row() { ${before} return ${markup}; }`)).toEqual([1]);
  });

  it.each([
    ["within a sentence", "<p>{t('ask', { name: member.displayName })}</p>"],
    ["that decides only", "<p>{line.counterpartName ? <MemberName of={line} /> : fund}</p>"],
    ["given to a picture", "<Avatar name={member.displayName} />"],
    ["shown by the component", "<MemberName of={member} />"],
  ])("is nothing to find %s", (_, markup) => {
    expect(bareNames(`const row = ${markup};`)).toEqual([]);
  });
});
