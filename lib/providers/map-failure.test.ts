import { describe, expect, test } from "vitest";
import { mapErrorObject, mapErrorResponse } from "./map-failure.ts";

const none = () => undefined;

describe("what an answer with an error status means", () => {
  test("the provider's message, code and field are kept", () => {
    const body = { error: { message: "No.", type: "invalid_request_error", code: "bad", param: "messages[0]" } };
    expect(mapErrorResponse(400, JSON.stringify(body), none)).toEqual({
      kind: "invalid-request",
      httpStatus: 400,
      message: "No.",
      code: "bad",
      param: "messages[0]",
      retryAfterMs: null,
    });
  });

  test.each([
    ["nested", { error: { message: "No." } }],
    ["flat", { object: "error", message: "No.", type: "BadRequestError", code: 400 }],
    ["a bare string", { error: "No." }],
    ["alone", { message: "No." }],
    ["a list of strings, as Hugging Face has it", { error: ["No."] }],
    ["FastAPI's detail", { detail: "No." }],
    ["an object in FastAPI's detail", { detail: { message: "No." } }],
    ["a bare string in FastAPI's detail", { detail: { error: "No." } }],
  ])("the message is found where it is %s", (_, body) => {
    expect(mapErrorResponse(400, JSON.stringify(body), none).message).toBe("No.");
  });

  test("FastAPI's list of faults is a sentence that names each field, and the first is the field at fault", () => {
    const fault = (loc: unknown, msg: string, type = "missing") => ({ type, loc, msg, input: "what the caller said" });
    const mapped = (...detail: unknown[]) => mapErrorResponse(422, JSON.stringify({ detail }), none);
    expect(mapped(fault(["body", "messages", 0, "content"], "Field required"))).toEqual({
      kind: "invalid-request",
      httpStatus: 422,
      message: "messages[0].content: Field required",
      code: "missing",
      param: "messages[0].content",
      retryAfterMs: null,
    });
    expect(mapped(fault(["body", "n"], "Input should be 1"), fault(["body"], "Wrong"))).toMatchObject({
      message: "n: Input should be 1; Wrong",
      param: "n",
    });
    expect(mapped(fault(null, "Wrong"))).toMatchObject({ message: "Wrong", param: null });
    // Another server has the field.
    expect(mapped(fault(["body", "top_k"], "Extra inputs are not permitted", "extra_forbidden")).kind).toBe(
      "unsupported",
    );
  });

  test("a list without an end is told in as many words as any other message", () => {
    const detail = Array.from({ length: 10_000 }, () => ({ loc: ["body", "x".repeat(5_000)], msg: "No." }));
    const { message, param } = mapErrorResponse(422, JSON.stringify({ detail }), none);
    expect(message.length).toBeLessThan(1_010);
    expect(param?.length).toBeLessThan(210);
  });

  test.each([
    ["HTML", "<h1>Bad gateway</h1>"],
    ["nothing", ""],
    ["another shape", '{"reason":"No."}'],
    ["a detail that says nothing", '{"detail":[]}'],
    ["a detail that is none", '{"detail":[null,7,{"loc":"body"}]}'],
  ])("a body that is %s still has its status", (_, body) => {
    expect(mapErrorResponse(502, body, none)).toMatchObject({
      kind: "server-error",
      httpStatus: 502,
      message: "The provider answered 502.",
    });
  });

  test.each([
    [302, {}, "bad-response"],
    [400, { code: "context_length_exceeded" }, "context-too-long"],
    [400, { code: "content_filter" }, "content-filtered"],
    [401, {}, "provider-auth"],
    [404, { code: "model_not_found" }, "bad-response"],
    [429, {}, "rate-limited"],
    [429, { code: "insufficient_quota" }, "provider-quota"],
    [529, { type: "overloaded_error" }, "overloaded"],
    [400, { message: "prompt is too long: 204000 tokens > 200000 maximum" }, "context-too-long"],
    [
      400,
      { message: "input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000" },
      "context-too-long",
    ],
    [400, { message: "Output blocked by content filtering policy" }, "content-filtered"],
    [400, { message: "Your credit balance is too low to access the Anthropic API." }, "provider-quota"],
  ])("%i %j is %s", (status, words, kind) => {
    expect(mapErrorResponse(status, JSON.stringify({ error: { message: "No.", ...words } }), none).kind).toBe(kind);
  });
});

describe("an error inside a 200", () => {
  test.each([
    ["OpenRouter's", { code: 502, message: "No." }, "server-error", 502],
    ["Azure's", { code: "content_filter", status: 400, message: "No." }, "content-filtered", 400],
    ["Groq's", { code: "tool_use_failed", status_code: 400, message: "No." }, "invalid-request", 400],
    ["one without a status", { code: "server_error", message: "No." }, "server-error", 200],
    ["Anthropic's overload", { type: "overloaded_error", message: "No." }, "overloaded", 200],
    ["Anthropic's limit", { type: "rate_limit_error", message: "No." }, "rate-limited", 200],
    ["Anthropic's fault", { type: "api_error", message: "No." }, "server-error", 200],
    ["Anthropic's refusal of the key", { type: "authentication_error", message: "No." }, "provider-auth", 200],
    ["Anthropic's refusal of the request", { type: "invalid_request_error", message: "No." }, "invalid-request", 200],
    ["Anthropic's own timeout", { type: "timeout_error", message: "No." }, "timeout", 200],
  ])("%s says itself what it would have been", (_, error, kind, httpStatus) => {
    expect(mapErrorObject({ error })).toMatchObject({ kind, httpStatus, message: "No." });
  });
});
