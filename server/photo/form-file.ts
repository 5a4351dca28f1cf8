/**
 * Reads the file of a multipart form (RFC 7578) as browsers send it. Only the first part is read:
 * Node's own parser makes an object of each part, and 12 MB of small parts would block the process
 * for half a minute.
 */
import { DomainError } from "../../domain/kernel/errors";

/** The headers of the part: the file's name and type. */
const MAX_HEAD_BYTES = 4096;

/**
 * @param type the Content-Type of the request
 * @returns null when the first part is not a file of that name, or is empty
 * @throws DomainError photoDamaged when the body is incomplete
 */
export function readFormFile(body: Buffer, type: string, name: string): Buffer | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
  const between = `--${quoted ?? plain}`;
  const start = `${between}\r\n`;
  const isForm = body.subarray(0, start.length).toString("latin1") === start;
  // Includes the line break before the headers: the blank line may follow at once.
  const from = start.length - 2;
  const above = body.subarray(from, from + MAX_HEAD_BYTES).indexOf("\r\n\r\n");
  const below = body.indexOf(`\r\n${between}`, from + above + 4);
  if (!isForm || above < 0 || below < 0) throw new DomainError("photoDamaged");
  const head = body.subarray(from, from + above).toString("latin1");
  const isFile = /^content-disposition: *form-data;.*; *filename=/im.test(head);
  const content = body.subarray(from + above + 4, below);
  return isFile && head.includes(`; name="${name}"`) && content.length > 0 ? content : null;
}
