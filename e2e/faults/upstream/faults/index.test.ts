import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEventData } from "#e2e/support/event-stream.ts";
import { caseMark, type FaultUpstream, openFaultUpstream, tokensFor } from "../open-upstream.ts";
import { FAULTS, type FaultId } from "./index.ts";

const LATE_MS = 120;
/** Silence is what lasts longer than this. */
const PATIENCE_MS = 1_500;

/** What a plain client sees of an answer. */
interface Seen {
  status: number | null;
  headers: Record<string, unknown>;
  text: string;
  /** The error that ended it, or kept it from beginning; `silent`: it never ended. */
  broke: string | null;
}

interface Expected {
  status: number | null;
  broke?: string;
  headers?: Record<string, unknown>;
  /** How much of the healthy answer's text arrived. */
  content: "all" | "beginning" | "none";
  /** The stream's last event, or a piece of the body. */
  ending?: RegExp;
}

const refused = (status: number, headers: Record<string, unknown> = {}): Expected => ({
  status,
  headers,
  content: "none",
});
const both = (expected: Expected) => ({ stream: expected, whole: expected });
const unanswered = (broke: string) => both({ status: null, broke, content: "none" });
const hollow: Expected = { status: 200, content: "none", ending: /"choices":\[\]/ };
const torn: Expected = { status: 200, content: "beginning" };
const complete: Expected = { status: 200, content: "all" };
const DONE = /^\[DONE\]$/;
const FINISHED = /"finish_reason":"stop"/;

/** For each fault, on its first request: what a client that asks for a stream sees, and one that does not. */
const SEEN: Readonly<Record<FaultId, { stream: Expected; whole: Expected }>> = {
  healthy: { stream: { ...complete, ending: DONE }, whole: { ...complete, ending: FINISHED } },
  "429": both(refused(429)),
  "429-retry-after": both(refused(429, { "retry-after": "1" })),
  "429-retry-after-ms": both(refused(429, { "retry-after-ms": "600" })),
  "429-retry-after-long": both(refused(429, { "retry-after": "3" })),
  "429-like-overflow": both({ ...refused(429), ending: /Too many tokens/ }),
  "429-quota": both({ ...refused(429), ending: /insufficient_quota/ }),
  "402": both(refused(402)),
  "500": both(refused(500)),
  "500-once": both(refused(500)),
  "503": both(refused(503)),
  "529": both(refused(529)),
  "401": both(refused(401)),
  "404": both(refused(404)),
  "context-overflow": both({ ...refused(400), ending: /context_length_exceeded/ }),
  "filtered-request": both({ ...refused(400), ending: /content_filter/ }),
  "prefill-refused": both(complete),
  flapping: both(refused(500)),
  "flapping-by-time": both(refused(500)),
  redirect: both(refused(302, { location: expect.stringMatching(/\/healthy\/chat\/completions$/) })),
  "reset-before-headers": unanswered("ECONNRESET"),
  "closed-before-headers": unanswered("ECONNRESET"),
  "half-headers": unanswered("ECONNRESET"),
  "no-http": unanswered("HPE_INVALID_CONSTANT"),
  silence: unanswered("silent"),
  "slow-first-token": { stream: { ...complete, ending: DONE }, whole: complete },
  "cut-after-tokens": both({ ...torn, broke: "ECONNRESET" }),
  "reset-after-tokens": both({ ...torn, broke: "ECONNRESET" }),
  "stall-after-tokens": both({ ...torn, broke: "silent" }),
  trickle: { stream: { ...complete, ending: DONE }, whole: complete },
  "malformed-chunk": { stream: { ...torn, ending: DONE }, whole: torn },
  "missing-done": { stream: { ...complete, ending: FINISHED }, whole: complete },
  "no-finish-reason": both(torn),
  "error-event": {
    stream: { ...torn, ending: /^\{"error":\{"type":"server_error"/ },
    whole: { status: 200, content: "none", ending: /^\{"error":\{"type":"server_error"/ },
  },
  "error-event-first": both({ status: 200, content: "none", ending: /^\{"error":\{"type":"server_error"/ }),
  "filtered-midway": { stream: { ...torn, ending: DONE }, whole: { ...torn, ending: /"content_filter"/ } },
  "empty-200": both({ status: 200, content: "none", headers: { "content-length": "0" } }),
  "empty-choices": { stream: { status: 200, content: "none", ending: DONE }, whole: hollow },
  "html-200": both({ status: 200, content: "none", headers: { "content-type": "text/html; charset=utf-8" } }),
  "other-shape": {
    stream: { ...complete, ending: FINISHED },
    whole: { ...complete, ending: /\[DONE\]\n\n$/ },
  },
  "text-plain": both({ ...complete, headers: { "content-type": "text/plain" } }),
  "length-too-long": { stream: { ...complete, broke: "ECONNRESET" }, whole: { ...complete, broke: "ECONNRESET" } },
  "length-too-short": both(torn),
  "huge-chunk": { stream: { ...torn, ending: DONE }, whole: { status: 200, content: "beginning", ending: FINISHED } },
  gzip: both({ status: 200, content: "none", headers: { "content-encoding": "gzip" } }),
};

let upstream: FaultUpstream;
beforeAll(async () => {
  upstream = await openFaultUpstream({ lateMs: LATE_MS, trickleMs: 0, flapMs: Number.MAX_SAFE_INTEGER });
});
afterAll(() => upstream?.close());

function callWith(fault: FaultId, isStream: boolean): Promise<Seen> {
  const caseId = `${fault}.${isStream ? "stream" : "whole"}`;
  upstream.setCase(caseId, { first: fault });
  const seen: Seen = { status: null, headers: {}, text: "", broke: null };
  return new Promise((resolve) => {
    const settle = (broke: string | null) => resolve({ ...seen, broke });
    const fail = ({ code, message }: NodeJS.ErrnoException) =>
      settle(code === "ABORT_ERR" ? "silent" : (code ?? message));
    const signal = AbortSignal.timeout(isSilent(fault) ? LATE_MS : PATIENCE_MS);
    const url = `${upstream.laneUrl("first")}/chat/completions`;
    const request = httpRequest(url, { method: "POST", agent: false, signal }, (response) => {
      Object.assign(seen, { status: response.statusCode, headers: response.headers });
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        seen.text += piece;
      });
      response.on("end", () => settle(null));
      response.on("error", fail);
    });
    request.on("error", fail);
    const messages = [{ role: "user", content: `Hello ${caseMark(caseId)}` }];
    request.end(JSON.stringify({ model: "m", messages, stream: isStream }));
  });
}

function isSilent(fault: FaultId): boolean {
  return SEEN[fault].stream.broke === "silent";
}

/** The answer's text, as far as it can be read out of either shape. */
function contentOf(text: string): string {
  return [...text.matchAll(/"content":"((?:[^"\\]|\\.)*)/g)].map(([, content]) => content).join("");
}

describe.each(Object.keys(FAULTS) as FaultId[])("the fault %s", (fault) => {
  test.each([true, false])("is what it says (stream: %s)", async (isStream) => {
    const seen = await callWith(fault, isStream);
    const expected = SEEN[fault][isStream ? "stream" : "whole"];
    expect(seen).toMatchObject({
      status: expected.status,
      broke: expected.broke ?? null,
      headers: expected.headers ?? {},
    });
    const all = tokensFor(`${fault}.${isStream ? "stream" : "whole"}`).join("");
    const content = contentOf(seen.text);
    if (expected.content === "none") expect(content).toBe("");
    if (expected.content === "all") expect(content).toBe(all);
    if (expected.content === "beginning") {
      expect(content).toMatch(/^Answer/);
      expect(content).not.toBe(all);
    }
    const last = isStream && seen.text.startsWith("data:") ? (readEventData(seen.text).at(-1) ?? "") : seen.text;
    if (expected.ending !== undefined) expect(last).toMatch(expected.ending);
    expect(FAULTS[fault].what).toMatch(/\w/);
  });
});
