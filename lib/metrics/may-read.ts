import { hash, timingSafeEqual } from "node:crypto";

interface Asking {
  /** Null where it is not known. */
  remoteAddress: string | null;
  header(name: string): string | undefined;
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** From this machine itself, or with the token. A proxy on this machine speaks for others: it does not count as here. */
export function mayReadMetrics({ remoteAddress, header }: Asking, token: string | null): boolean {
  const isForwarded = header("x-forwarded-for") !== undefined || header("forwarded") !== undefined;
  if (remoteAddress !== null && LOOPBACK.test(remoteAddress) && !isForwarded) return true;
  const given = header("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return Buffer.from(hash("sha256", text, "hex"), "hex");
}
