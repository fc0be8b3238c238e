import OpenAI, { APIError } from "openai";
import { expect, test } from "vitest";
import { GatewayError } from "../../errors.ts";
import { errorEvent } from "./error-event.ts";

const ERROR = new GatewayError("all_targets_failed", "The stream broke.", {
  attempts: [{ provider: "p", model: "m", kind: "stream-interrupted", status: 200, message: "It broke.", ms: 5 }],
});

test("the error says what happened, numbered after the last event", () => {
  const last = { event: "response.created", data: '{"type":"response.created","sequence_number":6}' };
  const { event, data } = errorEvent(ERROR, "request-1", last);
  expect(event).toBe("error");
  expect(JSON.parse(data)).toEqual({
    type: "error",
    code: "all_targets_failed",
    message: "The stream broke.",
    param: null,
    attempts: ERROR.attempts,
    sequence_number: 7,
  });
});

test.each([null, undefined, { event: null, data: "[DONE]" }, { event: null, data: '{"sequence_number":"x"}' }])(
  "after %j it is the first of its kind",
  (last) => {
    expect(JSON.parse(errorEvent(ERROR, "request-1", last).data).sequence_number).toBe(0);
  },
);

test.each(["create", "stream"] as const)("the official client throws it: responses.%s", async (method) => {
  const { event, data } = errorEvent(ERROR, "request-1");
  const client = new OpenAI({
    apiKey: "sy_test",
    fetch: async () =>
      new Response(`event: ${event}\ndata: ${data}\n\n`, { headers: { "content-type": "text/event-stream" } }),
  });
  const request = { model: "m", input: "Hello", stream: true } as const;
  const read = async () => {
    const stream = method === "create" ? await client.responses.create(request) : client.responses.stream(request);
    for await (const _ of stream);
  };
  const thrown = await read().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(APIError);
  expect(thrown).toMatchObject({ code: "all_targets_failed", message: expect.stringContaining("The stream broke.") });
});
