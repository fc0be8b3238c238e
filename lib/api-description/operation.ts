import { z } from "zod";
import type { ServiceErrorCode } from "#lib/services/errors.ts";
import type { Permission } from "#lib/services/permissions.ts";

/** One operation of the management API: its route runs by it, and the API's description tells of it. */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> {
  /** `listApiKeys`: what generated clients call it. */
  id: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/tenants/{tenant}`; what stands in braces is a field of the input. */
  path: string;
  summary: string;
  description?: string;
  permission: Permission;
  /** The path's parameters, the query and the body together. */
  input: Input;
  answer: Answer;
  /** Of a success; 200 when left out. */
  status?: 201;
  /** Its refusals besides those that every operation has, and when each comes. */
  refuses?: Partial<Record<ServiceErrorCode, string>>;
  /** A whole input that does. `$CONNECTION_ID` stands for an id that the reader has to fill in. */
  example: z.input<Input>;
}

/** An operation as it is written down: each knows its own input and answer. */
export function operation<Input extends z.ZodObject, Answer extends z.ZodType>(
  declared: Operation<Input, Answer>,
): Operation<Input, Answer> {
  return declared;
}

export const NO_INPUT = z.strictObject({});
export const BY_ID = z.strictObject({ id: z.string().describe("Its id (UUID), as the list of them gives it.") });

/** Operations that belong together. */
export interface Resource {
  title: string;
  description: string;
  operations: readonly Operation[];
}

interface SplitInput<Value> {
  path: Record<string, Value>;
  query: Record<string, Value>;
  body: Record<string, Value>;
}

/** Where each field of an input is sent: in the path if it is named there, in the query of what has no body. */
export function splitInput<Value>(
  { method, path }: Pick<Operation, "method" | "path">,
  fields: Readonly<Record<string, Value>>,
): SplitInput<Value> {
  const split: SplitInput<Value> = { path: {}, query: {}, body: {} };
  const rest = method === "GET" || method === "DELETE" ? split.query : split.body;
  for (const [name, value] of Object.entries(fields)) {
    (path.includes(`{${name}}`) ? split.path : rest)[name] = value;
  }
  return split;
}
