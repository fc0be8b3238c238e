import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "./api-error.ts";
import { request, tenantPath } from "./request.ts";

afterEach(() => vi.unstubAllGlobals());

function answerWith(response: Response | Error): void {
  vi.stubGlobal("fetch", async () => {
    if (response instanceof Error) throw response;
    return response;
  });
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error("expected an ApiError", { cause: error });
  return error;
}

test("a success is its body", async () => {
  answerWith(Response.json({ data: [1] }));
  expect(await request("/api/x")).toEqual({ data: [1] });
});

test("a refusal carries the code, the request id and the fields of the API", async () => {
  const error = { code: "invalid_request", message: "Wrong.", requestId: "req_1", fields: { note: "Too long." } };
  answerWith(Response.json({ error }, { status: 400 }));
  expect(await failureOf(request("/api/x"))).toMatchObject({ ...error, httpStatus: 400 });
});

test("a refusal that is not the API's still says its status and request id", async () => {
  answerWith(new Response("<html>", { status: 502, headers: { "x-request-id": "req_2" } }));
  expect(await failureOf(request("/api/x"))).toMatchObject({ code: "unknown", httpStatus: 502, requestId: "req_2" });
});

test("no network is told apart from a refusal", async () => {
  answerWith(new TypeError("fetch failed"));
  expect(await failureOf(request("/api/x"))).toMatchObject({ code: "network", httpStatus: 0, requestId: null });
});

test("a tenant's path cannot be left through a segment", () => {
  expect(tenantPath("acme", "invocations", "../mode")).toBe("/api/tenants/acme/invocations/..%2Fmode");
});
