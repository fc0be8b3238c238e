import type { Delivery, Patience } from "../contract/catalog.ts";
import type { Timeouts } from "../contract/snapshot.ts";

/** An answer that comes in one piece is all there is to wait for, and one that thinks first takes as long: in times a first token's. */
const LONG_ANSWER_PATIENCE = 5;
/** The most that any target is tried again, whatever its chain says. */
export const MAX_RETRIES = 2;
/** With another target at hand one retry is enough. */
const RETRIES_WITH_OTHERS = 1;

interface Asked {
  isStream: boolean;
  /** The model thinks before its first token. */
  isReasoning: boolean;
  delivery: Delivery;
}

/** How long one attempt is waited for, in milliseconds. */
export interface AttemptTime {
  /** Silence until a stream's first content, or until all of an answer that comes in one piece. */
  silenceMs: number;
  /** From the beginning to the end of the answer; null: it takes the time that it takes. */
  answerMs: number | null;
}

/** The chain's own word first. A stream whose caller sees it come is not cut for being long: no target could do better. */
export function timeOf(own: Patience, usual: Timeouts, { isStream, isReasoning, delivery }: Asked): AttemptTime {
  const { firstTokenTimeoutMs, answerTimeoutMs } = usualPatience(usual);
  if (!isStream) return { silenceMs: own.answerTimeoutMs ?? answerTimeoutMs, answerMs: null };
  return {
    silenceMs: own.firstTokenTimeoutMs ?? (isReasoning ? answerTimeoutMs : firstTokenTimeoutMs),
    answerMs: delivery === "whole" ? (own.answerTimeoutMs ?? null) : null,
  };
}

/** How often a target may be tried again. */
export function maxRetriesOf({ maxRetries }: Patience, hasOthers: boolean): number {
  return Math.min(maxRetries ?? (hasOthers ? RETRIES_WITH_OTHERS : MAX_RETRIES), MAX_RETRIES);
}

/** What a target gets in the end, for people to read. */
export function effectivePatience(
  own: Patience,
  usual: Timeouts,
  { isReasoning, hasOthers }: { isReasoning: boolean; hasOthers: boolean },
): Required<Patience> {
  const timeFor = (isStream: boolean) => timeOf(own, usual, { isStream, isReasoning, delivery: "live" }).silenceMs;
  return {
    firstTokenTimeoutMs: timeFor(true),
    answerTimeoutMs: timeFor(false),
    maxRetries: maxRetriesOf(own, hasOthers),
  };
}

/** What a target gets whose chain says nothing of it. */
export function usualPatience({ firstTokenMs }: Timeouts): Required<Omit<Patience, "maxRetries">> {
  return { firstTokenTimeoutMs: firstTokenMs, answerTimeoutMs: firstTokenMs * LONG_ANSWER_PATIENCE };
}
