import { describe, expect, test } from "vitest";
import { ServiceError } from "#lib/services/errors.ts";
import { readInput } from "./read-input.ts";

const URL_ = "http://localhost/api/tenants/acme/things";
const JSON_TYPE = { "content-type": "application/json" };
const post = (body: BodyInit | null, headers: Record<string, string> = JSON_TYPE, query = "") =>
  new Request(`${URL_}${query}`, { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("path, query and body become one object", async () => {
  const request = post('{"name":"Inbox","scopes":["a"],"nested":{"deep":null}}', JSON_TYPE, "?limit=5&empty=");
  expect(await readInput(request, { id: "7" })).toEqual({
    id: "7",
    limit: "5",
    empty: "",
    name: "Inbox",
    scopes: ["a"],
    nested: { deep: null },
  });
});

test.each(["GET", "DELETE"])("a %s is its path and query alone", async (method) => {
  expect(await readInput(new Request(`${URL_}?limit=5`, { method }), { id: "7" })).toEqual({ id: "7", limit: "5" });
});

describe("a field given twice is refused by name, whichever two places give it", () => {
  test.each<[string, Request]>([
    ["path and query", new Request(`${URL_}?id=8`)],
    ["path and body", post('{"id":"8"}')],
    ["query and body", post('{"limit":1}', JSON_TYPE, "?limit=2")],
    ["the query itself", new Request(`${URL_}?limit=1&limit=2`)],
  ])("%s", async (_, request) => {
    const error = await readInput(request, { id: "7" }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_request", fields: expect.any(Object) });
    expect(["id", "limit"]).toContain(Object.keys((error as ServiceError).fields ?? {})[0]);
  });
});

test("a field named like the prototype is a field, for the schema to refuse", async () => {
  const input = await readInput(post('{"__proto__":{"name":"hidden"}}', JSON_TYPE, "?constructor=x"), {});
  expect(Object.keys(input).sort()).toEqual(["__proto__", "constructor"]);
  expect(input).not.toHaveProperty("name");
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
});

describe("a body is a JSON object and says so", () => {
  test.each<[string, Request]>([
    ["no content type", post(new TextEncoder().encode("{}"), {})],
    ["a form's content type", post("a=b", { "content-type": "application/x-www-form-urlencoded" })],
    ["text that happens to be JSON", post("{}", { "content-type": "text/plain" })],
    ["a type that only begins like it", post("{}", { "content-type": "application/json5" })],
    ["nothing", post(null)],
    ["half of it", post('{"name":')],
    ["an array", post("[]")],
    ["null", post("null")],
    ["a string", post('"x"')],
  ])("%s is refused", async (_, request) => {
    await expect(readInput(request, {})).rejects.toMatchObject({ code: "invalid_request", status: 400 });
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", " application/json ;x=y"])(
    "%j is taken",
    async (type) => {
      expect(await readInput(post('{"a":1}', { "content-type": type }), {})).toEqual({ a: 1 });
    },
  );
});

test("characters cut apart by the network come together again", async () => {
  const bytes = new TextEncoder().encode('{"name":"Zoë 😀"}');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await readInput(post(body), {})).toEqual({ name: "Zoë 😀" });
});

test("a body is read up to 1 MB and not a byte further", async () => {
  const bodyOf = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;
  expect(await readInput(post(bodyOf(1024 * 1024)), {})).toHaveProperty("a");
  const error = await readInput(post(bodyOf(1024 * 1024 + 1)), {}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ServiceError);
  expect(error).toMatchObject({ code: "request_too_large", status: 413 });
});
