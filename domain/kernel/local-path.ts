/** `from` if it is a path of this site, else `fallback`: prevents open redirects. */
export function localPath(from: unknown, fallback: string): string {
  if (typeof from !== "string" || !/^\/(?![/\\])/.test(from) || /\p{Cc}|\\/u.test(from)) {
    return fallback;
  }
  return from;
}
