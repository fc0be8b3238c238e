/** What a healthy target says, before it is put in a dialect. */
export interface Answer {
  id: string;
  model: string;
  tokens: readonly string[];
  /** `filtered`: the provider's own filter ends the answer after these tokens. */
  ending: "complete" | "filtered";
  /** The request asked for usage in its stream; only OpenAI's chat makes that a question. */
  wantsUsage: boolean;
}

/** One event of a stream, by its place in it: faults cut, stall and break between these. */
export interface StreamPart {
  part: "opening" | "token" | "finish" | "usage" | "end";
  event: string | null;
  data: string;
}

export interface ErrorWords {
  type: string;
  code: string | null;
  message: string;
  param?: string;
}

/** A provider's wire as the stand-in speaks it: recorded shapes, whole and as a stream. */
export interface Dialect {
  /** How its paths end. */
  path: RegExp;
  whole(answer: Answer): unknown;
  stream(answer: Answer): StreamPart[];
  errorBody(words: ErrorWords): unknown;
  errorPart(words: ErrorWords): StreamPart;
  /** An answer with nothing in it: no choices, no content, no output. */
  hollow(answer: Answer): unknown;
}

export const INPUT_TOKENS = 12;
export const CREATED_S = 1_700_000_000;
