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
    value = JSON.parse(header);
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
