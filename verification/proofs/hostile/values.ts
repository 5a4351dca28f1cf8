/** What nobody's form would send. */

/** JSON texts rather than values: some of it only exists as text. */
export const hostileTexts: string[] = [
  ...["null", "true", "false", "[]", "{}", "[[]]", "[null]", '""', '" "', "0", "-0", "-1", "0.5"],
  ...["1e308", "-1e308", "1e999", "9007199254740992", "9007199254740993", "2147483648", "1e-7"],
  ...["60001", "-60001", '"NaN"', '"Infinity"', '"undefined"', '"\\u0000"', '"a\\u0000b"'],
  ...['"\\ud800"', '"\\udfff\\ud800"', '"\\ufeff"', '"\\u202e\\u2066"', '"\\u200b"'],
  ...['{"$gt":""}', '{"$ne":null}', '{"$where":"1"}', '{"in":[]}', '{"not":null}', '{"set":1}'],
  ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"x":1}}}'],
  ...['{"toString":1,"valueOf":2}', '{"then":1}', '{"length":4294967296}', '{"toJSON":1}'],
  ...['"2026-02-30"', '"2026-13-01"', '"0000-00-00"', '"0000-01-01"', '"9999-12-31"'],
  ...['"275760-09-13"', '"-271821-04-20"', '"2026-11-25T10:00:00Z"', '"24:00"', '"25:61"'],
  ...['"\'; DROP TABLE transfer; --"', '"1 OR 1=1"', '"../../../../etc/passwd"', '"%00%ff"'],
  ...['"<script>alert(1)</script>"', '"{{7*7}}"', '"$(7*7)"', '"http://169.254.169.254/"'],
  ...['"00000000-0000-0000-0000-000000000000"', '"ffffffff-ffff-ffff-ffff-ffffffffffff"'],
  ...['"constructor"', '"__proto__"', '"hasOwnProperty"', '"toString"', '"-1"', '"\\\\"'],
];

/** Long or deep; made when they are wanted. */
export const heavyTexts: (() => string)[] = [
  () => `"${"x".repeat(100_000)}"`,
  () => `"${"\\ud83d\\udc69\\u200d".repeat(20_000)}"`,
  () => `"${"e\\u0301".repeat(30_000)}"`,
  () => `"${"\\n".repeat(50_000)}"`,
  () => `${"[".repeat(5000)}${"]".repeat(5000)}`,
  () => `${'{"a":'.repeat(3000)}1${"}".repeat(3000)}`,
  () => `[${'"x",'.repeat(20_000)}"x"]`,
  () => `{${Array.from({ length: 5000 }, (_, index) => `"k${index}":1`).join(",")}}`,
];

/** What superjson is told beside the input: types and references that are not there. */
export const hostileMeta: string[] = [
  '{"values":["Date"]}',
  '{"values":{"community":["Date"]}}',
  '{"values":{"community":["undefined"]}}',
  '{"values":{"id":["bigint"],"minutes":["bigint"]}}',
  '{"values":{"community":["regexp"]}}',
  '{"values":{"community":["set"]},"v":1}',
  '{"values":{"community":["map"]},"v":1}',
  '{"values":{"community":["Error"]}}',
  '{"values":{"community":["URL"]}}',
  '{"values":{"minutes":["number"]}}',
  '{"values":{"community":[["symbol","x"]]}}',
  '{"values":{"community":[["class","User"]]}}',
  '{"values":{"community":[["custom","x"]]}}',
  '{"values":{"community":[["typed-array","Uint8Array"]]}}',
  '{"values":{"community":["nothing"]}}',
  '{"values":{"__proto__.polluted":["Date"]}}',
  '{"values":{"constructor.prototype.polluted":["Date"]}}',
  '{"values":{"a.b.c.d":["Date"]}}',
  '{"values":7}',
  '{"values":[[[[]]]]}',
  '{"referentialEqualities":{"community":["id"]}}',
  '{"referentialEqualities":{"__proto__":["polluted"]}}',
  '{"referentialEqualities":[["community"]]}',
  '{"referentialEqualities":{"id":["constructor.prototype.polluted"]}}',
  "null",
  "[]",
  '"x"',
];

/** Bodies that are no JSON, or no input. */
export const hostileBodies: string[] = [
  ...["", " ", "{", "}", "{]", "nul", "undefined", "NaN", "'a'", "\u0000", '{"json":', '{"json":{'],
  ...["[]", "[[]]", "{}", "null", "1", '"x"', '{"json":null}', '{"json":[]}', '{"meta":{}}'],
  ...[
    '{"json":{},"json":{}}',
    '{"__proto__":{"json":{}}}',
    '\ufeff{"json":{}}',
    "// {}",
    "\\u007b",
  ],
];
