import { describe, expect, test } from "vitest";
import { buildDocument } from "./build.ts";
import type { DescribedOperation } from "./document.ts";

const document = buildDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
);

/** Every object in it, with the way there. */
function* walk(value: unknown, way = "#"): Generator<{ way: string; value: Record<string, unknown> }> {
  if (typeof value !== "object" || value === null) return;
  yield { way, value: value as Record<string, unknown> };
  for (const [key, inner] of Object.entries(value)) {
    yield* walk(inner, `${way}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

describe("the document keeps OpenAPI's rules", () => {
  test("every reference leads somewhere", () => {
    const places = new Set([...walk(document)].map(({ way }) => way));
    const references = [...walk(document)].flatMap(({ value }) => (typeof value.$ref === "string" ? [value.$ref] : []));
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !places.has(reference))).toEqual([]);
  });

  test("every operation has an id of its own", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test.each(operations)("$name declares what its path names, once each", ({ path, operation }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
    expect(inPath.map(({ name }) => name)).toEqual(named);
    expect(inPath.every(({ required }) => required)).toBe(true);
    const all = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(all).size).toBe(all.length);
  });

  test.each(operations)("$name has a body exactly if it is sent one, and an answer", ({ method, operation }) => {
    expect(operation.requestBody !== undefined).toBe(method === "post" || method === "put");
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((status) => status.startsWith("2"))).toHaveLength(1);
    expect(statuses.every((status) => /^[1-5]\d\d$/.test(status))).toBe(true);
  });

  test("tags and ways to sign in are those that are declared", () => {
    const tags = new Set(operations.flatMap(({ operation }) => operation.tags));
    expect([...tags].sort()).toEqual(document.tags.map(({ name }) => name).sort());
    const schemes = new Set(
      operations.flatMap(({ operation }) => operation.security.flatMap((way) => Object.keys(way))),
    );
    expect([...schemes].sort()).toEqual(Object.keys(document.components.securitySchemes).sort());
  });

  test("nothing of another tool's is left in the schemas", () => {
    const odd = [...walk(document)].filter(
      ({ value }) => "$defs" in value || "$schema" in value || "~standard" in value,
    );
    expect(odd.map(({ way }) => way)).toEqual([]);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe("what a reader is told", () => {
  const find = (id: string) => operations.find(({ operation }) => operation.operationId === id)?.operation;
  const codesOf = (operation: DescribedOperation | undefined) =>
    Object.entries(operation?.responses ?? {}).flatMap(([status, response]) =>
      Object.keys(response["x-codes"] ?? {}).map((code) => `${status} ${code}`),
    );

  test("an operation of a tenant names its permission, and who has it", () => {
    const operation = find("revokeApiKey");
    expect(operation).toMatchObject({
      "x-permission": "api-key:write",
      security: [{ bearer: ["management:write"] }, { header: ["management:write"] }, { session: [] }],
    });
    expect(operation?.description).toContain("owner, admin or developer, or a key with `management:write`");
  });

  test("only what an instance tells of itself is open to everybody", () => {
    const open = operations.filter(({ operation }) => operation.security.length === 0).map(({ path }) => path);
    expect(open.sort()).toEqual(["/api/health", "/api/openapi.json", "/api/ready", "/api/statement-key"]);
  });

  test("an operation's errors are everyone's and its own", () => {
    expect(codesOf(find("deleteConnection"))).toEqual([
      "400 invalid_request",
      "401 not_signed_in",
      "401 invalid_api_key",
      "403 not_allowed",
      "404 not_found",
      "409 conflict",
      "500 internal_error",
    ]);
    expect(codesOf(find("createApiKey"))).toContain("413 request_too_large");
    expect(codesOf(find("readMode"))).not.toContain("400 invalid_request");
  });

  test("a call's errors are the gateway's, those that it can end with", () => {
    expect(codesOf(find("createChatCompletion"))).toEqual(
      expect.arrayContaining(["422 no_route", "502 all_targets_failed", "403 residency_violation"]),
    );
    expect(codesOf(find("listModels"))).toEqual(["401 invalid_api_key", "403 not_allowed", "500 internal_error"]);
  });

  test("inputs are closed, answers may grow", () => {
    const body = find("createApiKey")?.requestBody?.content["application/json"]?.schema;
    expect(body).toMatchObject({ additionalProperties: false, required: ["name", "scopes"] });
    expect(document.components.schemas.ApiKey).not.toHaveProperty("additionalProperties");
  });
});
