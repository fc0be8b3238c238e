import { v7 as uuidv7 } from "uuid";

/** The caller's own id when it is printable and short, ours otherwise. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && /^[\x21-\x7e]{1,128}$/.test(given) ? given : uuidv7();
}
