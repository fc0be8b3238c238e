import { describe, expect, test, vi } from "vitest";
import { SERVICE_ERROR_STATUS, ServiceError, type ServiceErrorCode } from "#lib/services/errors.ts";
import { errorResponse } from "./error-response.ts";

const log = () => ({ error: vi.fn() });

describe("a refusal is answered with its own code, status and words", () => {
  const codes = Object.keys(SERVICE_ERROR_STATUS) as ServiceErrorCode[];
  test.each(codes)("%s", async (code) => {
    const quiet = log();
    const response = errorResponse(new ServiceError(code, "Not so."), "request-1", quiet);
    expect(response.status).toBe(SERVICE_ERROR_STATUS[code]);
    expect(await response.json()).toEqual({ error: { code, message: "Not so.", requestId: "request-1" } });
    expect(quiet.error).not.toHaveBeenCalled();
  });

  test("and with the fields at fault, when there are any", async () => {
    const error = new ServiceError("invalid_request", "Not so.", { fields: { name: "Too long." } });
    expect((await errorResponse(error, "r", log()).json()).error.fields).toEqual({ name: "Too long." });
  });

  test("never with what is meant for operators", async () => {
    const error = new ServiceError("conflict", "Somebody was faster.", {
      message: "duplicate key in route_version",
      cause: new Error("hunter2"),
    });
    const text = await errorResponse(error, "r", log()).text();
    expect(text).toContain("Somebody was faster.");
    expect(text).not.toMatch(/route_version|hunter2/);
  });
});

describe("whatever else was thrown is a plain 500", () => {
  test.each<[string, unknown]>([
    ["an error with secrets", Object.assign(new Error("postgresql://owner:hunter2@db"), { code: "hunter2" })],
    [
      "an error dressed as a refusal",
      Object.assign(new Error("hunter2"), { code: "conflict", status: 409, userMessage: "hunter2" }),
    ],
    ["text", "hunter2"],
    ["nothing", undefined],
  ])("%s: the log has the cause, the answer has the request's id", async (_, thrown) => {
    const loud = log();
    const response = errorResponse(thrown, "request-1", loud);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      error: { code: "internal_error", message: expect.any(String), requestId: "request-1" },
    });
    expect(text).not.toContain("hunter2");
    expect(loud.error).toHaveBeenCalledExactlyOnceWith({ err: thrown, requestId: "request-1" }, expect.any(String));
  });
});

test("errors are kept by no cache and carry the request's id", () => {
  const { headers } = errorResponse(new ServiceError("not_found", "No."), "request-1", log());
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-request-id")).toBe("request-1");
});
