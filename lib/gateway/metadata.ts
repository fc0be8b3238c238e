import { z } from "zod";
import { GatewayError } from "./errors.ts";

const MAX_KEYS = 16;

const metadataSchema = z
  .record(z.string().min(1).max(64), z.string().max(256))
  .refine((entries) => Object.keys(entries).length <= MAX_KEYS);

/** Reads `x-switchyard-metadata`, kept on the invocation for chargeback. Throws `invalid_request`. */
export function parseMetadata(header: string | undefined): Record<string, string> | null {
  if (header === undefined || header.trim() === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(asText(header));
  } catch {
    value = undefined;
  }
  const parsed = metadataSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GatewayError(
    "invalid_request",
    `x-switchyard-metadata must be a JSON object of at most ${MAX_KEYS} strings of at most 256 characters, e.g. {"feature":"inbox"}.`,
    { param: "x-switchyard-metadata" },
  );
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Headers come byte by byte, each as a character; JSON is written in UTF-8, so that is what bytes beyond ASCII are. */
function asText(header: string): string {
  const bytes = Array.from(header, (character) => character.charCodeAt(0));
  if (bytes.every((byte) => byte < 0x80) || bytes.some((byte) => byte > 0xff)) return header;
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return header;
  }
}
