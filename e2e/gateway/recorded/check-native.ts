import { readEventData, readSentEvents, type SentEvent } from "#e2e/support/event-stream.ts";
import type { Json, Recording } from "#e2e/support/recordings.ts";
import type { UpstreamCall } from "#e2e/support/upstream.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import type { Exchange } from "./exchange.ts";
import type { Lane } from "./lanes.ts";
import type { NativeAnswer } from "./native-answers.ts";
import { Problems } from "./problems.ts";
import type { Call, Seen } from "./watched-call.ts";

/** The call as it was recorded; a plain one where the recorder lost it. */
export function nativeCall({ provider, wire }: Lane, { request, requestHeaders, model, isStream }: Recording): Call {
  const lost = { messages: [{ role: "user", content: "Hello" }], ...(isStream && { stream: true }) };
  const { "anthropic-beta": beta } = requestHeaders;
  return {
    wire,
    body: { ...(request ?? lost), model: `${provider}/${model ?? "unknown"}` },
    headers: wire.startsWith("anthropic") && beta !== undefined ? { "anthropic-beta": beta } : {},
  };
}

/** The provider gets what the caller sent, but for the model's name and the question for usage. */
export function checkNativeRequest({ lane, call, recording, sent, seen }: Exchange): string[] {
  const problems = new Problems();
  const [first] = sent as [UpstreamCall];
  const model = recording.model ?? "unknown";
  const options = hasToAsk(lane, call) && {
    stream_options: { ...call.body.stream_options, include_usage: true },
  };
  problems.compare("request upstream", first.body, { ...seen.body, model, ...options });
  for (const [name, value] of Object.entries(call.headers)) problems.compare(name, first.headers[name], value);
  return problems.list;
}

/** Where usage has to be asked for, and is. */
function hasToAsk({ provider, wire }: Lane, { body }: Call): boolean {
  if (wire !== "openai-chat" || body.stream !== true) return false;
  return findProviderEntry(provider)?.wires["openai-chat"]?.streamUsage === "on-request";
}

/** The caller gets what the provider answered: the same bytes, the same events. */
export function checkNativeAnswer(exchange: Exchange, recorded: NativeAnswer): string[] {
  const { recording, seen } = exchange;
  const problems = new Problems();
  problems.compare("status", seen.response.status, 200);
  if (!recording.isStream) {
    problems.compare("body", seen.text, recording.body.toString());
    problems.compare("client's answer", plain(seen.client[0]), withText(exchange, JSON.parse(seen.text)));
    return problems.list;
  }
  const expected = expectEvents(exchange, recorded.events);
  const events = readSentEvents(seen.text);
  const last = recorded.error === null && exchange.lane.wire !== "openai-chat" ? null : events.pop();
  problems.compare("events", events, expected);
  problems.compare(
    "client's pieces",
    seen.client.map(plain),
    expected.filter(({ event }) => event !== "ping").map(({ data }) => plain(withFinishReasons(JSON.parse(data)))),
  );
  if (recorded.error !== null) return [...problems.list, ...checkBrokenEnd(seen, last?.data, recorded.error.message)];
  problems.compare("what the client threw", seen.error, null);
  if (last !== null) problems.compare("end", last, { event: null, data: "[DONE]" });
  return problems.list;
}

/** One error event with the provider's words, and no end mark: the client throws. */
function checkBrokenEnd(seen: Seen, last: string | undefined, message: string): string[] {
  const problems = new Problems();
  problems.contains("the last event", JSON.parse(last ?? "{}").error?.message, message);
  problems.contains("the client's error", seen.error?.message, message);
  problems.compare("end marks", readEventData(seen.text).filter((data) => data === "[DONE]").length, 0);
  return problems.list;
}

/** Chat's events have no names, and no usage that the caller did not ask for. */
function expectEvents({ lane, call }: Exchange, events: readonly SentEvent[]): SentEvent[] {
  if (lane.wire !== "openai-chat") return [...events];
  const hides = hasToAsk(lane, call) && call.body.stream_options?.include_usage !== true;
  return events.flatMap(({ data }) => {
    const visible = hides ? hideUsage(data) : data;
    return visible === null ? [] : [{ event: null, data: visible }];
  });
}

/** The chunk without usage, as it stands where it has none; null where usage was all it had. */
function hideUsage(data: string): string | null {
  const chunk = JSON.parse(data);
  if (!("usage" in chunk)) return data;
  const { usage, ...rest } = chunk;
  return usage != null && rest.choices?.length === 0 ? null : JSON.stringify(rest);
}

/** The client of Responses adds the whole text. */
function withText({ lane }: Exchange, answer: Json): Json {
  if (lane.wire !== "openai-responses" || "output_text" in answer) return plain(answer);
  const parts: Json[] = answer.output.flatMap(({ type, content }: Json) => (type === "message" ? content : []));
  const texts = parts.map((part) => (part.type === "output_text" ? part.text : ""));
  return plain({ ...answer, output_text: texts.join("") });
}

/** The client of chat adds them where a provider leaves them out. */
function withFinishReasons(piece: Json): Json {
  if (piece.object !== "chat.completion.chunk") return piece;
  return { ...piece, choices: piece.choices.map((choice: Json) => ({ finish_reason: null, ...choice })) };
}

/** As JSON says it: without the client's properties that do not show, such as the request id, and without -0. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
