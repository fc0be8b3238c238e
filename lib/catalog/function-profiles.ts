import type { TaskFamily } from "./quality.ts";

/** What the tier table has to know of a function. */
export interface FunctionProfile {
  /** The published figures that come nearest to the task; their mean is its quality. */
  judgedBy: readonly TaskFamily[];
  /** Share of the best model's quality that no tier's first pick falls below. */
  qualityFloor: number;
  /** A typical call. Reasoning is what a model thinks at medium effort, and is charged as output. */
  tokens: { input: number; output: number; reasoning: number };
}

/** A wrong label is seen and put right; a wrong judgement or a wrong figure is acted upon. */
const LABEL_FLOOR = 0.75;
const PROSE_FLOOR = 0.75;
const JUDGEMENT_FLOOR = 0.8;

const LABELS: readonly TaskFamily[] = ["instructionFollowing", "language", "dataAnalysis"];
const PROSE: readonly TaskFamily[] = ["language", "instructionFollowing"];
const JUDGEMENT: readonly TaskFamily[] = ["reasoning", "language"];
const EXTRACTION: readonly TaskFamily[] = ["dataAnalysis", "instructionFollowing"];

const profile = (
  judgedBy: readonly TaskFamily[],
  qualityFloor: number,
  ...[input, output, reasoning]: [number, number, number]
): FunctionProfile => ({ judgedBy, qualityFloor, tokens: { input, output, reasoning } });

/**
 * By function slug. Tokens are our assumption of a usual call, not a measurement: an email of 900 tokens with its
 * instructions, an hour's transcript of 12,000, a contract of 20,000, a page of scan about 1,500.
 */
export const FUNCTION_PROFILES: Readonly<Record<string, FunctionProfile>> = {
  "email-classification": profile(LABELS, LABEL_FLOOR, 900, 40, 250),
  "ticket-triage": profile(LABELS, LABEL_FLOOR, 1_200, 120, 350),
  "sentiment-analysis": profile(LABELS, LABEL_FLOOR, 700, 60, 200),
  "lead-qualification": profile(JUDGEMENT, JUDGEMENT_FLOOR, 2_500, 300, 800),
  "outcome-analysis": profile(JUDGEMENT, JUDGEMENT_FLOOR, 15_000, 1_200, 2_500),
  "call-transcript-analysis": profile(JUDGEMENT, JUDGEMENT_FLOOR, 12_000, 900, 1_500),
  "meeting-brief-generation": profile(PROSE, PROSE_FLOOR, 8_000, 700, 800),
  "conversation-summary": profile(PROSE, PROSE_FLOOR, 4_000, 250, 400),
  "document-summary": profile(PROSE, PROSE_FLOOR, 20_000, 600, 800),
  "reply-drafting": profile(PROSE, PROSE_FLOOR, 2_000, 250, 400),
  "action-item-extraction": profile(LABELS, LABEL_FLOOR, 5_000, 250, 500),
  "entity-extraction": profile(EXTRACTION, LABEL_FLOOR, 1_500, 250, 300),
  "document-extraction": profile(EXTRACTION, JUDGEMENT_FLOOR, 3_000, 400, 400),
  // No figure for calling tools is in reach but that of agents that write code, which swings by forty points with effort.
  "data-enrichment": profile([...EXTRACTION, "reasoning"], LABEL_FLOOR, 4_000, 400, 600),
  "semantic-search": profile(["embeddings"], 0.9, 500, 0, 0),
};
