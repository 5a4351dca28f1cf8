/**
 * The file of a form that has one (RFC 7578), as browsers send it. Only the first part is looked at:
 * Node's own reader makes an object of each, and a form of 12 MB in small parts keeps everybody
 * waiting for half a minute.
 */
import { DomainError } from "../../domain/kernel/errors";

/** Bytes of what stands above the file: its name as the sender's device has it, and its type. */
const HEAD_BYTES = 4096;

/**
 * @param type the Content-Type of the request
 * @returns null when the first part is no file of that name, or an empty one
 * @throws DomainError photoDamaged when it did not arrive whole
 */
export function readFormFile(body: Buffer, type: string, name: string): Buffer | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
  const between = `--${quoted ?? plain}`;
  const start = `${between}\r\n`;
  const isForm = body.subarray(0, start.length).toString("latin1") === start;
  // The blank line may follow at once.
  const from = start.length - 2;
  const above = body.subarray(from, from + HEAD_BYTES).indexOf("\r\n\r\n");
  const below = body.indexOf(`\r\n${between}`, from + above + 4);
  if (!isForm || above < 0 || below < 0) throw new DomainError("photoDamaged");
  const head = body.subarray(from, from + above).toString("latin1");
  const isFile = /^content-disposition: *form-data;.*; *filename=/im.test(head);
  const content = body.subarray(from + above + 4, below);
  return isFile && head.includes(`; name="${name}"`) && content.length > 0 ? content : null;
}
