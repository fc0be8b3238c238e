import { SERVICE_ERROR_STATUS, type ServiceErrorCode } from "#lib/services/errors.ts";
import { PERMISSIONS } from "#lib/services/permissions.ts";
import { MANAGEMENT_ERRORS } from "../errors.ts";
import { type Operation, splitInput } from "../operation.ts";
import { describeErrors } from "./describe-errors.ts";
import type { DescribedOperation, JsonSchema, Parameter } from "./document.ts";
import type { SchemaCollection } from "./schemas.ts";
import { BY_KEY, writeCurl } from "./write-curl.ts";

const TENANT: Parameter = {
  name: "tenant",
  in: "path",
  required: true,
  description: "The tenant's slug.",
  schema: { type: "string" },
  example: "demo",
};
const REQUEST_ID = { "x-request-id": { $ref: "#/components/headers/x-request-id" } };

/** An operation of the management API in OpenAPI's terms. */
export function describeOperation(schemas: SchemaCollection, tag: string, operation: Operation): DescribedOperation {
  const { id, summary, description, permission, method } = operation;
  const { roles, scope } = PERMISSIONS[permission];
  const input = schemas.describe(operation.input, "input");
  const properties = input.properties ?? {};
  const fields = splitInput(operation, properties);
  const body = bodySchema(input, fields.body);
  const hasBody = method === "POST" || method === "PUT";
  const example = splitInput<unknown>(operation, operation.example);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, `Needs \`${permission}\`: ${listRoles(roles)}, or a key with \`${scope}\`.`]
      .filter((paragraph) => paragraph !== undefined)
      .join("\n\n"),
    "x-permission": permission,
    security: [{ bearer: [scope] }, { header: [scope] }, { session: [] }],
    parameters: [TENANT, ...toParameters("path", fields.path, input), ...toParameters("query", fields.query, input)],
    ...(hasBody && {
      requestBody: { required: true, content: { "application/json": { schema: body, example: example.body } } },
    }),
    responses: {
      [operation.status ?? 200]: {
        description: operation.status === 201 ? "Made." : "Done.",
        headers: REQUEST_ID,
        content: { "application/json": { schema: schemas.describe(operation.answer, "output") } },
      },
      ...describeErrors({
        codes: errorsOf(operation, { hasInput: hasBody || Object.keys(properties).length > 0, hasBody }),
        statusOf: SERVICE_ERROR_STATUS,
        schema: "Error",
        headers: REQUEST_ID,
      }),
    },
    "x-codeSamples": [{ lang: "Shell", label: "curl", source: curlOf(operation) }],
  };
}

function bodySchema(
  { properties: _, required = [], ...rest }: JsonSchema,
  fields: Record<string, JsonSchema>,
): JsonSchema {
  const needed = required.filter((name) => name in fields);
  return { ...rest, properties: fields, ...(needed.length > 0 && { required: needed }) };
}

function toParameters(
  place: "path" | "query",
  fields: Record<string, JsonSchema>,
  { required = [] }: JsonSchema,
): Parameter[] {
  return Object.entries(fields).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function errorsOf({ refuses }: Operation, { hasInput, hasBody }: { hasInput: boolean; hasBody: boolean }) {
  const { invalid_request, request_too_large, not_found, ...rest } = MANAGEMENT_ERRORS;
  const { not_signed_in, invalid_api_key, not_allowed, internal_error } = rest;
  return {
    ...(hasInput && { invalid_request }),
    not_signed_in,
    invalid_api_key,
    not_allowed,
    ...(hasBody && { request_too_large }),
    internal_error,
    ...refuses,
    not_found: [not_found, refuses?.not_found].filter((sentence) => sentence !== undefined).join(" "),
  } satisfies Partial<Record<ServiceErrorCode, string>>;
}

function curlOf(operation: Operation): string {
  const { path, query, body } = splitInput<unknown>(operation, operation.example);
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(path[name]));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return writeCurl({
    method: operation.method,
    path: `/api/tenants/demo${filled}${search.size > 0 ? `?${search}` : ""}`,
    headers: BY_KEY,
    ...((operation.method === "POST" || operation.method === "PUT") && { body }),
  });
}

function listRoles(roles: readonly string[]): string {
  return roles.length > 1 ? `${roles.slice(0, -1).join(", ")} or ${roles.at(-1)}` : String(roles[0]);
}
