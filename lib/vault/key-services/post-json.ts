import { setTimeout as sleep } from "node:timers/promises";

export type Fetch = typeof globalThis.fetch;

interface JsonRequest {
  url: string;
  body: string;
  /** With the credentials; made anew for every request, since those may change. */
  headers(): Promise<Record<string, string>>;
}

/** What the service answered, whatever its status; a body that is no JSON is null. */
export interface JsonAnswer {
  status: number;
  body: unknown;
}

/** All tries together: a call of a tenant may be waiting. */
const DEADLINE_MS = 5_000;
const TRIES = 3;
const PAUSE_MS = 100;

/**
 * One POST to a key service, tried again when it does not answer or is at fault. A string says why there is no answer.
 * Redirects are refused: they would carry the credentials elsewhere.
 */
export async function postJson(
  fetch: Fetch,
  { url, body, headers }: JsonRequest,
  deadlineMs = DEADLINE_MS,
): Promise<JsonAnswer | string> {
  const signal = AbortSignal.timeout(deadlineMs);
  for (let tries = 1; ; tries += 1) {
    const given = await Promise.race([headers(), rejectAt(signal)]).catch(() => null);
    if (given === null) return "its credentials cannot be had";
    const answer = await tryOnce(fetch, url, { method: "POST", headers: given, body, signal, redirect: "error" });
    const isFinal = typeof answer === "object" && answer.status < 500 && answer.status !== 429;
    if (isFinal || tries === TRIES) return answer;
    await sleep(PAUSE_MS * 2 ** tries * Math.random(), null, { signal }).catch(() => {});
    if (signal.aborted) return answer;
  }
}

async function tryOnce(fetch: Fetch, url: string, init: RequestInit): Promise<JsonAnswer | string> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    return describeFault(error);
  }
}

/** Credentials may be asked for over the network as well, by a library that takes its time. */
function rejectAt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

/** The error's code only: its message may repeat what was sent. */
function describeFault(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === "TimeoutError") return "no answer in time";
  return typeof cause?.code === "string" ? cause.code : "no usable answer";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A service's own words without anything long enough to be a key or a token. */
export function withoutKeys(message: string): string {
  return message
    .replaceAll(/[\w+/=.-]{24,}/g, "…")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}
