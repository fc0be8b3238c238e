import packageJson from "../../../package.json" with { type: "json" };
import { CALLS } from "../calls/calls.ts";
import { INSTANCE_OPERATIONS } from "../instance.ts";
import { RESOURCES } from "../management/index.ts";
import { describeCall } from "./describe-call.ts";
import { describeInstance } from "./describe-instance.ts";
import { describeOperation } from "./describe-operation.ts";
import type { ApiDocument } from "./document.ts";
import { collectSchemas } from "./schemas.ts";
import { ERROR_SCHEMAS, HEADERS, SECURITY_SCHEMES } from "./shared.ts";

const DESCRIPTION = [
  "What features call (`/v1`), and the management API (`/api/tenants/{tenant}`), which the console itself uses.",
  'Lists page by cursor: `?limit=&cursor=` answers `{"data":[…],"nextCursor":…}`; a `nextCursor` of null is the end.',
  "Times are UTC, money is whole nano-dollars as a string of digits, and what is not known is null, never zero.",
].join("\n\n");

/** The whole API in OpenAPI 3.1. It holds nothing of any tenant. */
export function buildDocument(): ApiDocument {
  const schemas = collectSchemas();
  const paths: ApiDocument["paths"] = {};
  const add = (path: string, method: string, described: ApiDocument["paths"][string][string]) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  };
  for (const call of CALLS) add(call.path, call.method, describeCall(call));
  for (const { title, operations } of RESOURCES) {
    for (const operation of operations) {
      add(`/api/tenants/{tenant}${operation.path}`, operation.method, describeOperation(schemas, title, operation));
    }
  }
  for (const operation of INSTANCE_OPERATIONS) {
    add(`/api${operation.path}`, "GET", describeInstance(schemas, operation));
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Switchyard",
      version: packageJson.version,
      summary: "A gateway that routes each AI function to the model that fits it.",
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The instance that this is read from" }],
    tags: [
      { name: "Calls", description: "What features call, with the client that they have." },
      ...RESOURCES.map(({ title, description }) => ({ name: title, description })),
      { name: "Instance", description: "What an instance tells everybody of itself." },
    ],
    paths,
    components: {
      schemas: { ...ERROR_SCHEMAS, ...sorted(schemas.components) },
      headers: { ...HEADERS },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a.localeCompare(b)));
}
