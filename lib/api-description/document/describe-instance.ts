import type { InstanceOperation } from "../instance.ts";
import type { DescribedOperation } from "./document.ts";
import type { SchemaCollection } from "./schemas.ts";
import { writeCurl } from "./write-curl.ts";

/** What an instance tells of itself in OpenAPI's terms. */
export function describeInstance(schemas: SchemaCollection, operation: InstanceOperation): DescribedOperation {
  const { id, path, summary, description, otherwise } = operation;
  const content = { "application/json": { schema: schemas.describe(operation.answer, "output") } };
  return {
    operationId: id,
    tags: ["Instance"],
    summary,
    description: `${description}\n\nOpen to everybody.`,
    security: [],
    parameters: [],
    responses: {
      200: { description: "Done.", content },
      ...(otherwise !== undefined && { [otherwise.status]: { description: otherwise.when, content } }),
    },
    "x-codeSamples": [{ lang: "Shell", label: "curl", source: writeCurl({ method: "GET", path: `/api${path}` }) }],
  };
}
