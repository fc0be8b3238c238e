import type { RunningCall } from "#lib/gateway/execution/running-call.ts";
import type { FailureKind, ProviderFailure } from "#lib/gateway/failures.ts";
import { createBreaker } from "#lib/gateway/health/breaker.ts";
import type { Clock, Health, Provider, ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import type { PlannedTarget, RoutePlan } from "#lib/gateway/routing/plan.ts";
import { OPENAI_CHAT_WIRE } from "#lib/gateway/wires/openai-chat/index.ts";
import type { ParsedRequest } from "#lib/gateway/wires/wire.ts";
import { makeEvent, makeFailure, makeTarget, makeUsage } from "./gateway.ts";

export const CHAT_BODY = { model: "triage", messages: [{ role: "user", content: "hi" }] };

export function makeRequest(part: Partial<ParsedRequest> = {}): ParsedRequest {
  const body = part.body ?? CHAT_BODY;
  return { source: JSON.stringify(body), body, model: "triage", isStream: false, needs: [], hints: [], ...part };
}

export function makePlan(targets: readonly PlannedTarget[]): RoutePlan {
  const route = { functionSlug: "triage", mode: "platform-managed", tier: "balanced", routeVersion: 7 } as const;
  return { ...route, targets, excluded: [] };
}

/** Targets by their models' names; the connection of each lets silence last a second, and half a one in a stream. */
export function makeTargets(...models: string[]): PlannedTarget[] {
  return models.map((model) => makeTarget({ model }));
}

/** A call that has just come, with a minute to go. */
export function makeCall(part: Partial<RunningCall> = {}): RunningCall {
  return {
    tenantId: "t",
    plan: makePlan(makeTargets("a", "b")),
    wire: OPENAI_CHAT_WIRE,
    request: makeRequest(),
    passHeaders: {},
    delivery: "live",
    canRetryFiltered: false,
    signal: new AbortController().signal,
    startedAtMs: 0,
    deadlineAtMs: 60_000,
    givesUpAtMs: null,
    attempts: [],
    pausedMs: 0,
    ...part,
  };
}

type Reply = ProviderAnswer | Promise<ProviderAnswer> | ((request: ProviderRequest) => Promise<ProviderAnswer>);

export interface FakeProvider {
  get(): Provider;
  /** Every request that was made, in order. */
  seen: ProviderRequest[];
  /** The models of those. */
  asked(): string[];
}

/** Answers by the model asked, try by try; the last answer is given again and again. */
export function makeProvider(replies: Readonly<Record<string, readonly Reply[]>>): FakeProvider {
  const seen: ProviderRequest[] = [];
  const provider: Provider = {
    async call(request) {
      const given = replies[request.model] ?? [];
      const tries = seen.filter(({ model }) => model === request.model).length;
      seen.push(request);
      const reply = given[Math.min(tries, given.length - 1)];
      if (reply === undefined) throw new Error(`Nobody answers for ${request.model}.`);
      return typeof reply === "function" ? await reply(request) : await reply;
    },
  };
  return { get: () => provider, seen, asked: () => seen.map(({ model }) => model) };
}

/** A real breaker over the clock, and everything that was told to it. */
export function makeHealth(clock: Clock): Health & { told: string[] } {
  const breaker = createBreaker(clock);
  const told: string[] = [];
  return {
    ...breaker,
    report(connectionId, model, outcome) {
      told.push(`${model} ${outcome.kind}`);
      breaker.report(connectionId, model, outcome);
    },
    told,
  };
}

/** As many tokens as characters. */
export const countTokens = (text: string): number => text.length;

export function failing(kind: FailureKind, part: Partial<ProviderFailure> = {}): ProviderAnswer {
  return { kind: "failure", failure: makeFailure(kind, part), providerRequestId: "r-failed" };
}

export function answering(text: string, part: Partial<Extract<ProviderAnswer, { kind: "answer" }>> = {}) {
  const body = new TextEncoder().encode(text);
  const usage = makeUsage(3, 4);
  return { kind: "answer", body, usage, finishReason: "stop", providerRequestId: "r-whole", ...part } as const;
}

/** A provider that says nothing, and ends when it is told to as real ones do. */
export function silent({ signal }: ProviderRequest): Promise<ProviderAnswer> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(failing("client-aborted")), { once: true });
  });
}

/** A provider that says nothing and does not hear either. */
export const deaf = (): Promise<ProviderAnswer> => new Promise(() => {});

/** An event, or something to wait for before the next one. */
export type Piece = StreamEvent | (() => Promise<void>);

export interface FakeStream {
  answer: ProviderAnswer;
  /** Whether the reader has let it go, and how many events it took. */
  log: { isClosed: boolean; taken: number };
}

export function streaming(...pieces: readonly Piece[]): FakeStream {
  const log = { isClosed: false, taken: 0 };
  async function* read(): AsyncGenerator<StreamEvent> {
    try {
      for (const piece of pieces) {
        if (typeof piece === "function") await piece();
        else {
          log.taken += 1;
          yield piece;
        }
      }
    } finally {
      log.isClosed = true;
    }
  }
  return { answer: { kind: "stream", events: read(), providerRequestId: "r-stream" }, log };
}

/** Between two events: nothing comes any more. */
export const stall = (): Promise<void> => new Promise(() => {});

/** Between two events: so much time passes. */
export function pass(clock: Clock, ms: number): () => Promise<void> {
  return () => new Promise((resolve) => void clock.schedule(resolve, ms));
}

const chunk = (id: string, delta: object, finish_reason: string | null = null) => ({
  event: null,
  data: JSON.stringify({ id, created: 1, choices: [{ index: 0, delta, finish_reason }] }),
});

/** What a chat stream begins with. */
export const opening = (id = "c-1"): StreamEvent => makeEvent({ sse: chunk(id, { role: "assistant", content: "" }) });

export const said = (text: string, id = "c-1"): StreamEvent =>
  makeEvent({ sse: chunk(id, { content: text }), hasContent: true, text });

export const finished = (finishReason: StreamEvent["finishReason"] = "stop", id = "c-1"): StreamEvent =>
  makeEvent({ sse: chunk(id, {}, finishReason), finishReason });

/** Usage that we asked for and the caller did not. */
export const counted = (inputTokens: number, outputTokens: number): StreamEvent =>
  makeEvent({ usage: makeUsage(inputTokens, outputTokens) });

export const DONE: StreamEvent = makeEvent({ sse: { event: null, data: "[DONE]" }, isEnd: true });

export const broken = (kind: FailureKind): StreamEvent => makeEvent({ failure: makeFailure(kind) });

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What a caller reads: the data of each event as text, the content of chat chunks, or `!code` for an error. */
export async function readChat(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
  const text = (await collect(pieces)).map((piece) => new TextDecoder().decode(piece)).join("");
  return text
    .split("\n\n")
    .filter((event) => event !== "")
    .map(describe);
}

function describe(event: string): string {
  if (!event.startsWith("data: ")) return event;
  const data = event.slice("data: ".length);
  if (data === "[DONE]") return data;
  const { error, choices } = JSON.parse(data);
  if (error !== undefined) return `!${error.code}`;
  const { delta, finish_reason } = choices[0];
  return delta.content ?? (finish_reason === null ? "" : `(${finish_reason})`);
}
