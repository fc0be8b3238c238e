import { readEventData } from "#e2e/support/event-stream.ts";
import { hugeTokens } from "../upstream/faults/bodies.ts";
import { TOKENS_BEFORE } from "../upstream/faults/fault.ts";
import { type Attempt, tokensFor } from "../upstream/open-upstream.ts";
import type { Case } from "./cases.ts";
import { type AloneEnding, type Ending, EXPECTATIONS, type Expectation, expectAlone } from "./expectations.ts";
import type { Played } from "./run-cases.ts";

/** What is wrong with a case that had a healthy target to go to; empty: nothing. */
export function judgeRescue(played: Played): string[] {
  return judgePromise(played, EXPECTATIONS[played.case.fault]);
}

/** What is wrong with a case that was promised this. */
export function judgePromise(played: Played, expectation: Expectation): string[] {
  const { mode, chain } = played.case;
  const attempts = mode === "live" ? (expectation.liveAttempts ?? expectation.attempts) : expectation.attempts;
  return [
    ...judgeAttempts(played, attempts, expectation.waitMs ?? 0),
    ...judgeEnding(played, expectation[mode], chain[0]?.provider ?? ""),
  ];
}

/** What is wrong with a case whose only target is the faulty one. */
export function judgeAlone(played: Played): string[] {
  const { fault, mode, chain } = played.case;
  const expected = expectAlone(fault, mode);
  return [
    ...judgeAttempts(played, expected.attempts, EXPECTATIONS[fault].waitMs ?? 0),
    ...judgeAloneEnding(played, expected, chain[0]?.provider ?? ""),
  ];
}

function judgeAttempts(
  { attempts, case: { chain } }: Played,
  [fewest, most]: readonly [number, number],
  waitMs: number,
) {
  const problems: string[] = [];
  const asked = attempts.filter(({ lane }) => lane === chain[0]?.provider);
  if (asked.length < fewest || asked.length > most) {
    problems.push(`the faulty target was asked ${asked.length} times, expected ${fewest} to ${most}`);
  }
  const followed = attempts.filter(({ lane }) => !chain.some(({ provider }) => provider === lane));
  if (followed.length > 0) problems.push(`${followed[0]?.lane} was asked, which is not in the chain`);
  for (const { provider } of chain) {
    const count = attempts.filter(({ lane }) => lane === provider).length;
    if (count > 3) problems.push(`${provider} was asked ${count} times`);
  }
  const tooEarly = asked.find(({ sinceLastMs }) => sinceLastMs !== null && sinceLastMs < waitMs - 10);
  if (tooEarly !== undefined)
    problems.push(`asked again after ${Math.round(tooEarly.sinceLastMs ?? 0)} ms, not ${waitMs}`);
  return problems;
}

function judgeEnding(played: Played, ending: Ending, first: string): string[] {
  const [, next] = played.case.chain;
  const endings: Record<Ending, () => string[]> = {
    own: () => judgeWhole(played, [first]),
    next: () => judgeWhole(played, [next?.provider ?? ""]),
    either: () => judgeWhole(played, [first, next?.provider ?? ""]),
    larger: () => judgeLarger(played),
    continued: () => judgeContinued(played),
    filtered: () => judgeFiltered(played, first),
    stopped: () => judgeStopped(played),
  };
  return endings[ending]();
}

function judgeLarger(played: Played): string[] {
  const [first, ...others] = played.case.chain;
  const larger = others.find(({ contextTokens }) => contextTokens > (first?.contextTokens ?? 0));
  if (larger !== undefined) return judgeWhole(played, [larger.provider]);
  return judgeRefused(played, { status: 400, code: "context_length_exceeded", canRetry: false });
}

function judgeAloneEnding(played: Played, expected: AloneEnding, first: string): string[] {
  if (expected.ending === "own") return judgeWhole(played, [first]);
  if (expected.ending === "filtered") return judgeFiltered(played, first);
  if (expected.ending === "stopped") return judgeStopped(played);
  if (expected.ending === "broken") return judgeBroken(played);
  const isAnswered = expected.ending === "own-or-refused" && played.outcome.status === 200;
  return isAnswered ? judgeWhole(played, [first]) : judgeRefused(played, expected);
}

/** Every byte of the answer, from one of these lanes, and nothing else. */
function judgeWhole(played: Played, lanes: readonly string[]): string[] {
  const { outcome, attempts, case: one } = played;
  const lane = attempts.at(-1)?.lane ?? "nobody";
  return [
    ...judgeCompleteness(played, fullText(one), "stop"),
    ...unless(lanes.includes(lane), `answered by ${lane}, expected ${lanes.join(" or ")}`),
    ...unless(outcome.headers.get("x-switchyard-provider") === lane, "x-switchyard-provider names another"),
    ...(isNative(attempts.at(-1)) ? judgeBytes(played, attempts.at(-1)) : []),
  ];
}

function judgeFiltered(played: Played, lane: string): string[] {
  return [
    ...judgeCompleteness(played, beginning(played.case), "content_filter"),
    ...unless(played.attempts.at(-1)?.lane === lane, "another target was asked"),
  ];
}

/** Gemini says with a 200 that it stopped a prompt, the others with an error: neither is taken for an answer. */
function judgeStopped(played: Played): string[] {
  if (played.outcome.status === 200) return judgeCompleteness(played, "", "content_filter");
  return judgeRefused(played, { status: 400, code: "content_filter", canRetry: false });
}

function judgeCompleteness({ outcome, case: { mode } }: Played, text: string, finishReason: string): string[] {
  return [
    ...unless(outcome.broke === null, `broke: ${outcome.broke}`),
    ...unless(outcome.status === 200, `status ${outcome.status} ${outcome.errorCode}, expected an answer`),
    ...unless(outcome.text === text, `said ${shorten(outcome.text)}, expected ${shorten(text)}`),
    ...unless(outcome.finishReason === finishReason, `finish reason ${outcome.finishReason}, expected ${finishReason}`),
    ...unless(outcome.errorEvents === 0, `an error event: ${outcome.errorCode}`),
    ...unless(outcome.ids.length === 1, `parts of ${outcome.ids.length} answers`),
    ...unless(
      outcome.endMarks === null || outcome.endMarks === (mode === "plain" ? 0 : 1),
      `${outcome.endMarks} end marks`,
    ),
  ];
}

/** The target's own bytes: whole, or event for event but for the usage that the caller did not ask for. */
function judgeBytes({ outcome, case: { mode } }: Played, answered: Attempt | undefined): string[] {
  if (outcome.raw === null || answered === undefined) return [];
  const sent = answered.sent();
  const isStream = mode !== "plain";
  if (isStream !== sent.startsWith("data:")) return [];
  if (!isStream) return unless(outcome.raw === sent, "the body is not the target's byte for byte");
  const expected = readEventData(sent).filter((data) => !data.includes('"choices":[],"usage"'));
  if (expected.at(-1) !== "[DONE]") expected.push("[DONE]");
  const events = readEventData(outcome.raw);
  return unless(events.join("\n") === expected.join("\n"), "the events are not the target's byte for byte");
}

/** The beginning from one target and the rest from another; or the beginning, and word that it is no more than that. */
function judgeContinued(played: Played): string[] {
  const { attempts, case: one } = played;
  const other = one.chain.slice(1).find(({ prefill }) => prefill !== null);
  if (other === undefined) return judgeBroken(played);
  const went = attempts.at(-1);
  return [
    ...judgeCompleteness(played, fullText(one), "stop"),
    ...unless(went?.lane === other.provider, `continued by ${went?.lane}, expected ${other.provider}`),
    ...unless(attempts[0]?.sent().includes("Answer") === true, "the first target never began"),
    ...unless(went?.sent().includes("Answer to") === false, "the other target began anew"),
  ];
}

function judgeBroken(played: Played): string[] {
  const { length } = played.attempts;
  return [...judgeBeginning(played), ...unless(length === 1, `${length} attempts, though nobody could go on`)];
}

/** A live stream that begins, and says in one error event that this is not the end. */
export function judgeBeginning({ outcome, case: one }: Played): string[] {
  const isBeginning = outcome.text !== "" && outcome.text !== fullText(one) && fullText(one).startsWith(outcome.text);
  return [
    ...unless(outcome.broke === null, `broke: ${outcome.broke}`),
    ...unless(outcome.status === 200, `status ${outcome.status} ${outcome.errorCode}, expected a stream`),
    ...unless(isBeginning, `said ${shorten(outcome.text)}, expected the beginning`),
    ...unless(outcome.errorEvents === 1, `${outcome.errorEvents} error events, expected one`),
    ...unless(outcome.errorCode !== null && outcome.errorCode !== "internal_error", `error code ${outcome.errorCode}`),
    ...unless(outcome.finishReason === null, `finish reason ${outcome.finishReason} of a broken answer`),
    ...unless((outcome.endMarks ?? 0) === 0, "an end mark after a broken answer"),
  ];
}

export interface Refusal {
  status: number;
  code: string;
  canRetry: boolean;
}

/** An error in the caller's wire before anything else, with what a client needs to decide whether to try again. */
export function judgeRefused({ outcome }: Pick<Played, "outcome">, { status, code, canRetry }: Refusal): string[] {
  const shouldRetry = outcome.headers.get("x-should-retry");
  const retryAfter = Number(outcome.headers.get("retry-after") ?? "0");
  return [
    ...unless(outcome.broke === null, `broke: ${outcome.broke}`),
    ...unless(outcome.status === status, `status ${outcome.status}, expected ${status}`),
    ...unless(outcome.errorCode === code, `code ${outcome.errorCode}, expected ${code}`),
    ...unless(outcome.text === "", `said ${shorten(outcome.text)} with an error`),
    ...unless(canRetry === retryAfter > 0, `retry-after is ${outcome.headers.get("retry-after")}`),
    ...unless(canRetry === (shouldRetry !== "false"), `x-should-retry is ${shouldRetry}`),
  ];
}

function fullText({ id, fault }: Case): string {
  const tokens = tokensFor(id);
  return (fault === "huge-chunk" ? hugeTokens(tokens) : tokens).join("");
}

function beginning({ id }: Case): string {
  return tokensFor(id).slice(0, TOKENS_BEFORE).join("");
}

function isNative(attempt: Attempt | undefined): boolean {
  return attempt !== undefined && /\/chat\/completions/.test(attempt.path);
}

function unless(isRight: boolean, problem: string): string[] {
  return isRight ? [] : [problem];
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 90 ? `${text.slice(0, 60)}…(${text.length})` : text);
}
