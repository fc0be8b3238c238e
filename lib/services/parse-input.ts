import type { z } from "zod";
import { ServiceError } from "./errors.ts";

/** The parsed input of a use case; throws `invalid_request` with a sentence for each wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")];
    const message = issue.code === "unrecognized_keys" ? "There is no such field." : issue.message;
    for (const name of names) fields[name] ??= message;
  }
  const list = Object.entries(fields).map(([name, message]) => (name === "" ? message : `${name}: ${message}`));
  throw new ServiceError("invalid_request", `The request is not right. ${list.join(" ")}`, { fields });
}
