import { setTimeout as sleep } from "node:timers/promises";
import { createGoogle } from "@ai-sdk/google";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poll } from "#e2e/support/poll.ts";
import type { FaultId } from "./faults/index.ts";
import { caseMark, type FaultUpstream, openFaultUpstream, tokensFor } from "./open-upstream.ts";

let upstream: FaultUpstream;
beforeAll(async () => {
  upstream = await openFaultUpstream({ flapMs: 50 });
});
afterAll(() => upstream?.close());

const messages = (caseId: string) => [{ role: "user" as const, content: `Hello ${caseMark(caseId)}` }];
const textFor = (caseId: string) => tokensFor(caseId).join("");

function post(lane: string, caseId: string, fields: object = {}, signal: AbortSignal | null = null): Promise<Response> {
  const body = JSON.stringify({ model: "m", messages: messages(caseId), ...fields });
  return fetch(`${upstream.laneUrl(lane)}/chat/completions?api-version=1`, { method: "POST", body, signal });
}

async function statusOf(lane: string, caseId: string): Promise<number> {
  const response = await post(lane, caseId);
  await response.text();
  return response.status;
}

async function statusesOf(lane: string, caseId: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) statuses.push(await statusOf(lane, caseId));
  return statuses;
}

describe("the stand-in in health", () => {
  const openai = () => new OpenAI({ apiKey: "x", baseURL: upstream.laneUrl("first"), maxRetries: 0 });
  const anthropic = () => new Anthropic({ apiKey: "x", baseURL: upstream.laneUrl("first"), maxRetries: 0 });

  test("answers the official OpenAI client, whole and as a stream, with usage only where it was asked for", async () => {
    const text = textFor("chat");
    const request = { model: "m", messages: messages("chat") };
    const choices = [{ message: { content: text }, finish_reason: "stop" }];
    expect(await openai().chat.completions.create(request)).toMatchObject({ model: "m", choices });
    for (const include_usage of [true, false]) {
      const streamed = {
        ...request,
        stream: true as const,
        ...(include_usage && { stream_options: { include_usage } }),
      };
      let said = "";
      let usages = 0;
      for await (const chunk of await openai().chat.completions.create(streamed)) {
        said += chunk.choices[0]?.delta.content ?? "";
        usages += chunk.usage ? 1 : 0;
      }
      expect([said, usages]).toEqual([text, include_usage ? 1 : 0]);
    }
  });

  test("answers the official Anthropic client, whole and as a stream", async () => {
    const request = { model: "m", max_tokens: 64, messages: messages("claude") };
    const answer = { content: [{ type: "text", text: textFor("claude") }], stop_reason: "end_turn" };
    expect(await anthropic().messages.create(request)).toMatchObject(answer);
    expect(await anthropic().messages.stream(request).finalMessage()).toMatchObject(answer);
  });

  test("answers the Responses API, whole and as a stream", async () => {
    const request = { model: "m", input: `Hello ${caseMark("responses")}` };
    const answer = { output_text: textFor("responses"), status: "completed" };
    expect(await openai().responses.create(request)).toMatchObject(answer);
    expect(await openai().responses.stream(request).finalResponse()).toMatchObject(answer);
  });

  test("answers Google's wire, whole and as a stream", async () => {
    const model = createGoogle({ apiKey: "x", baseURL: upstream.laneUrl("first") })("gemini");
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: caseMark("gemini") }] }];
    const { content, finishReason } = await model.doGenerate({ prompt });
    expect([content, finishReason.unified]).toMatchObject([[{ type: "text", text: textFor("gemini") }], "stop"]);
    let said = "";
    for await (const part of (await model.doStream({ prompt })).stream) {
      if (part.type === "text-delta") said += part.delta;
    }
    expect(said).toBe(textFor("gemini"));
  });

  test("goes on from the words that the conversation ends with", async () => {
    const begun = textFor("begun").slice(0, 17);
    const conversation = [...messages("begun"), { role: "assistant" as const, content: begun }];
    const { content } = await anthropic().messages.create({ model: "m", max_tokens: 64, messages: conversation });
    expect(content).toMatchObject([{ text: textFor("begun").slice(17) }]);
  });

  test("keeps a connection for the next request, whole answers and streams alike", async () => {
    const before = upstream.connectionCount();
    for (let at = 0; at < 6; at += 1) await (await post("kept", "kept", { stream: at % 2 === 0 })).text();
    expect(upstream.connectionCount() - before).toBeLessThanOrEqual(2);
  });

  test("says so where it does not speak a path", async () => {
    const response = await fetch(`${upstream.laneUrl("first")}/nowhere`, { method: "POST", body: "{}" });
    expect(response.status).toBe(501);
  });
});

describe("which fault a request meets", () => {
  test("is the case's on that lane, else the lane's own, else none", async () => {
    upstream.setLane("broken", "500");
    upstream.setCase("scripted", { broken: "429", other: "503" });
    expect(await statusOf("broken", "unscripted")).toBe(500);
    expect(await statusOf("broken", "scripted")).toBe(429);
    expect(await statusOf("other", "scripted")).toBe(503);
    expect(await statusOf("healthy", "scripted")).toBe(200);
    upstream.setLane("broken", "healthy");
    expect(await statusOf("broken", "unscripted")).toBe(200);
  });

  test.each<[FaultId, number[]]>([
    ["500-once", [500, 200, 200, 200, 200]],
    ["flapping", [500, 500, 200, 200, 500]],
  ])("depends on how often the case has asked, where the fault changes: %s", async (fault, statuses) => {
    upstream.setCase(fault, { first: fault });
    expect(await statusesOf("first", fault, statuses.length)).toEqual(statuses);
    expect(upstream.attemptsOf(fault).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  test("keeps to the wait that its limiter asks for", async () => {
    upstream.setCase("limited", { first: "429-retry-after-ms" });
    expect(await statusesOf("first", "limited", 2)).toEqual([429, 429]);
    await sleep(600);
    expect(await statusOf("first", "limited")).toBe(200);
  });

  test("flaps by time where that is asked for", async () => {
    upstream.setCase("by-time", { first: "flapping-by-time" });
    const seen = new Set<number>();
    await poll("both states", 1_000, async () =>
      seen.add(await statusOf("first", "by-time")).size === 2 ? seen : null,
    );
    expect([...seen].sort()).toEqual([200, 500]);
  });

  test("a refused prefill is refused only where the conversation ends with the assistant's words", async () => {
    upstream.setCase("prefill", { first: "prefill-refused" });
    const conversation = [...messages("prefill"), { role: "assistant", content: "Answer" }];
    expect((await post("first", "prefill", { messages: conversation })).status).toBe(400);
    expect((await post("first", "prefill")).status).toBe(200);
  });
});

describe("the record of attempts", () => {
  test("holds what was asked, when, and what went out", async () => {
    upstream.setCase("noted", { first: "429" });
    const startedAt = performance.now();
    const text = await (await post("first", "noted", { temperature: 0 })).text();
    const [attempt] = upstream.attemptsOf("noted", "first");
    expect(attempt).toMatchObject({
      lane: "first",
      caseId: "noted",
      fault: "429",
      number: 1,
      path: "/chat/completions?api-version=1",
      body: { model: "m", temperature: 0, messages: messages("noted") },
      closedByClientAtMs: null,
    });
    expect(attempt?.status()).toBe(429);
    expect(attempt?.sent()).toBe(text);
    expect(attempt?.atMs).toBeGreaterThan(startedAt);
    expect(attempt?.atMs).toBeLessThan(performance.now());
    expect(upstream.attemptsOf("noted", "second")).toEqual([]);
  });

  test("holds what was said in a compressed answer", async () => {
    upstream.setCase("packed", { first: "gzip" });
    const text = await (await post("first", "packed", { stream: true })).text();
    expect(text).toContain("[DONE]");
    expect(upstream.attemptsOf("packed")[0]?.sent()).toBe(text);
  });

  test.each<FaultId>(["silence", "stall-after-tokens"])(
    "holds when the client left in the middle: %s",
    async (fault) => {
      upstream.setCase(`left-${fault}`, { first: fault });
      const leaving = new AbortController();
      const left = post("first", `left-${fault}`, { stream: true }, leaving.signal)
        .then((response) => response.text())
        .catch(() => null);
      const attempt = await poll("the attempt", 1_000, () => upstream.attemptsOf(`left-${fault}`)[0] ?? null);
      await sleep(30);
      expect(attempt.closedByClientAtMs).toBeNull();
      leaving.abort();
      await left;
      const closedAt = await poll("the note", 1_000, () => attempt.closedByClientAtMs);
      expect(closedAt - attempt.atMs).toBeGreaterThan(25);
    },
  );

  test("does not blame the client for what the fault itself ended, nor for closing an idle connection", async () => {
    upstream.setCase("blame", { first: "cut-after-tokens", second: "healthy", third: "reset-before-headers" });
    for (const lane of ["first", "second", "third"]) {
      const body = JSON.stringify({ model: "m", messages: messages("blame"), stream: true });
      const headers = { connection: "close" };
      await fetch(`${upstream.laneUrl(lane)}/chat/completions`, { method: "POST", body, headers })
        .then((response) => response.text())
        .catch(() => null);
    }
    await sleep(30);
    expect(upstream.attemptsOf("blame").map(({ closedByClientAtMs }) => closedByClientAtMs)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
