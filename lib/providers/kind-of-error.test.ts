import { describe, expect, test } from "vitest";
import { mapErrorObject, mapErrorResponse } from "./map-failure.ts";

const kindOf = (status: number, body: unknown) => mapErrorResponse(status, JSON.stringify(body), () => undefined).kind;

const TOO_FAST =
  "Rate limit reached for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, Used 5034, Requested " +
  "1443. Please try again in 4.77s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";
const TOO_MUCH =
  "Request too large for model `llama-3.3-70b-versatile` on tokens per minute (TPM): Limit 6000, Requested 12328, " +
  "please reduce your message size and try again.";
const GEMINI = "You exceeded your current quota, please check your plan and billing details. Please retry in 34.4s.";

describe("a limit is no bill", () => {
  test.each([
    ["Groq's, which links to its billing page", 429, { error: { message: TOO_FAST, code: "rate_limit_exceeded" } }],
    [
      "Gemini's, which asks to check the plan",
      429,
      { error: { code: 429, message: GEMINI, status: "RESOURCE_EXHAUSTED" } },
    ],
    ["Groq's for one request", 413, { error: { message: TOO_MUCH, type: "tokens", code: "rate_limit_exceeded" } }],
  ])("%s", (_, status, body) => {
    expect(kindOf(status, body)).toBe("rate-limited");
  });

  test.each([
    ["OpenAI's quota", 429, { error: { message: GEMINI, code: "insufficient_quota" } }],
    ["OpenAI's hard limit", 400, { error: { message: "Reached.", code: "billing_hard_limit_reached" } }],
    ["an account that is not active", 429, { error: { message: "Not active.", code: "billing_not_active" } }],
    ["Anthropic's balance", 429, { error: { message: "Your credit balance is too low to access the API." } }],
    ["Google's cap", 429, { error: { message: "Your billing account has exceeded its monthly spending cap." } }],
    ["xAI's spent credits", 403, { error: "Your team has either used all available credits or reached its limit." }],
  ])("but %s is", (_, status, body) => {
    expect(kindOf(status, body)).toBe("provider-quota");
  });
});

test("a request at fault that speaks of billing is at fault", () => {
  const message = "Invalid schema for response_format 'billing_address': 'required' is required to be supplied.";
  expect(kindOf(400, { error: { message, type: "invalid_request_error", code: null } })).toBe("invalid-request");
});

describe("a content that is refused is not the key's fault, nor the request's", () => {
  test.each([
    ["xAI's", 403, { code: "permission-denied", error: "Content violates usage guidelines. Failed check: BIO" }],
    ["OpenRouter's", 403, { error: { code: 403, message: 'Your input was flagged for "violence".' } }],
    ["DeepSeek's", 400, { error: { message: "Content Exists Risk", code: "invalid_request_error" } }],
    [
      "OpenAI's",
      400,
      { error: { message: "Invalid prompt: your prompt was flagged as potentially violating our policy." } },
    ],
  ])("%s", (_, status, body) => {
    expect(kindOf(status, body)).toBe("content-filtered");
  });

  test("while a 403 that says nothing of it is", () => {
    expect(kindOf(403, { error: { message: "You may not." } })).toBe("provider-auth");
  });
});

describe("a prompt that does not fit goes to a model that takes more", () => {
  const tgi = "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 3474 `inputs` tokens";
  const overflow = "the request exceeds the available context size, try increasing it";
  test.each([
    ["xAI's", 400, { error: "This model's maximum prompt length is 131072 but the request contains 136973 tokens." }],
    ["llama.cpp's", 400, { error: { code: 400, message: overflow, type: "exceed_context_size_error" } }],
    ["llama.cpp's as it was", 500, { error: { code: 500, message: overflow, type: "server_error" } }],
    ["vLLM's", 400, { message: "The decoder prompt (length 9000) is longer than the maximum model length of 4096." }],
    ["Hugging Face's", 422, { error: tgi, error_type: "validation" }],
  ])("%s", (_, status, body) => {
    expect(kindOf(status, body)).toBe("context-too-long");
  });
});

describe("a model that the provider does not have is missing, whatever the status", () => {
  test.each([
    ["Groq's", { error: { message: "The model has been decommissioned.", code: "model_decommissioned" } }],
    ["DeepSeek's", { error: { message: "Model Not Exist", code: "invalid_request_error" } }],
    ["Mistral's", { object: "error", message: "Invalid model: x", type: "invalid_model", code: "1500" }],
    ["OpenRouter's", { error: { message: "x/y is not a valid model ID", code: 400 } }],
    ["LiteLLM's", { error: { message: "/chat/completions: Invalid model name passed in model=x.", code: "400" } }],
  ])("%s", (_, body) => {
    expect(kindOf(400, body)).toBe("bad-response");
  });
});

describe("a field that this provider does not have is one that another may have", () => {
  const extra = { type: "extra_forbidden", loc: ["body", "store"], msg: "Extra inputs are not permitted" };
  const developer = "Failed to deserialize the JSON body: messages[1].role: unknown variant `developer`";
  test.each([
    ["Mistral's", 422, { object: "error", message: { detail: [extra] }, type: "invalid_request_error" }],
    ["Groq's", 400, { error: { message: "property 'store' is unsupported", type: "invalid_request_error" } }],
    ["Groq's in a message", 400, { error: { message: "('messages.1' : property 'name' is unsupported)" } }],
    ["OpenAI's", 400, { error: { message: "No.", param: "temperature", code: "unsupported_value" } }],
    ["xAI's", 400, { error: "Model grok-4 does not support parameter presencePenalty." }],
    ["DeepSeek's", 400, { error: { message: developer, code: "invalid_request_error" } }],
  ])("%s", (_, status, body) => {
    expect(kindOf(status, body)).toBe("unsupported");
  });
});

test("a key that is refused with a 400 is a key that is refused", () => {
  expect(
    kindOf(400, { code: "Client specified an invalid argument", error: "Incorrect API key provided: xa***." }),
  ).toBe("provider-auth");
});

test.each([
  [{ code: "context_length_exceeded", message: "Too long." }, "context-too-long"],
  [{ code: "insufficient_quota", message: "No more." }, "provider-quota"],
  [{ message: "Something." }, "server-error"],
])("an error in a stream is known by its words too: %j", (error, kind) => {
  expect(mapErrorObject({ error }).kind).toBe(kind);
});
