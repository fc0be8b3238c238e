import { estimateTokenCount } from "tokenx";

/** A longer text is counted by its beginning: the call's thread is shared. */
const MAX_COUNTED_LENGTH = 500_000;

/** Tokens of a text, about, as no provider in particular counts them; linear in its length. */
export function countTokens(text: string): number {
  if (text.length <= MAX_COUNTED_LENGTH) return estimateTokenCount(text);
  return Math.round((estimateTokenCount(text.slice(0, MAX_COUNTED_LENGTH)) * text.length) / MAX_COUNTED_LENGTH);
}
