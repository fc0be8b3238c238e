import type { z } from "zod";
import { ServiceError } from "./errors.ts";

/** The parsed input of a use case; throws `invalid_request` with a sentence for each wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  assertStorable(input, "");
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const found = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")];
    const message = issue.code === "unrecognized_keys" ? "There is no such field." : issue.message;
    for (const name of names) if (!found.has(name)) found.set(name, message);
  }
  const list = [...found].map(([name, message]) => (name === "" ? message : `${name}: ${message}`));
  const fields = Object.fromEntries(found);
  throw new ServiceError("invalid_request", `The request is not right. ${list.join(" ")}`, { fields });
}

/** More than any field is made of, and too little to run out of stack over. */
const MAX_DEPTH = 32;

/** PostgreSQL's text takes neither NUL nor lone surrogates: no field may hold them. */
function assertStorable(value: unknown, path: string, depth = 0): void {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) {
    const message = "It holds characters that cannot be stored.";
    throw new ServiceError("invalid_request", `The request is not right. ${path}: ${message}`, {
      fields: { [path]: message },
    });
  }
  if (typeof value !== "object" || value === null) return;
  if (depth > MAX_DEPTH) throw new ServiceError("invalid_request", "The request is nested too deeply.");
  for (const [name, inner] of Object.entries(value)) {
    assertStorable(inner, path === "" ? name : `${path}.${name}`, depth + 1);
  }
}
