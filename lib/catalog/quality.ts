import { type Effort, LIVEBENCH, type LiveBenchCategory } from "./quality/livebench.ts";
import { MEASURED_AS } from "./quality/measured-as.ts";

/** What a function is judged by: parts of LiveBench, or how well vectors find what is meant. */
export type TaskFamily = LiveBenchCategory | "embeddings";

/** Published figures of one model as a call gets it that asks for no effort of its own. */
export interface ModelQuality {
  /** The run that was measured, by its name in the source. */
  run: string;
  /** False: it is the figure of the model that its maker has it replace. */
  isOwn: boolean;
  effort: Effort;
  /** 0 to 100; a family without a figure is absent. */
  scores: Readonly<Partial<Record<TaskFamily, number>>>;
}

/** How the sources are called where people read them. */
export const QUALITY_SOURCE = { livebench: "LiveBench 2026-01-08", embeddings: "MTEB" } as const;

/**
 * MTEB's English average, as OpenAI published both on 2024-01-25 (openai.com, "New embedding models and API updates").
 * Other makers publish other versions of MTEB, which do not compare.
 */
const MTEB: Readonly<Record<string, number>> = { "text-embedding-3-small": 62.3, "text-embedding-3-large": 64.6 };

/**
 * By `provider/model`. No speed: what is published is measured per host and day, in no one place for these models, so
 * nothing is ranked by it. Aider's polyglot is left out too: it measures the writing of code, which no function does.
 */
export const QUALITY: Readonly<Record<string, ModelQuality>> = {
  ...Object.fromEntries(
    Object.entries(MEASURED_AS).map(([key, { run, isForerunner }]) => [
      key,
      { run, isOwn: !isForerunner, ...LIVEBENCH[run] },
    ]),
  ),
  ...Object.fromEntries(
    ["openai", "azure-openai"].flatMap((provider) =>
      Object.entries(MTEB).map(([id, embeddings]) => [
        `${provider}/${id}`,
        { run: id, isOwn: true, effort: "none" as const, scores: { embeddings } },
      ]),
    ),
  ),
};

/**
 * How many tokens a model thinks, against medium effort. From the Aider polyglot's runs of GPT-5 (aider.chat, 2025-08):
 * 779,568, 1,468,799 and 2,623,429 tokens written at low, medium and high effort, less the 442,745 that the models wrote
 * on average that did not think. Models differ: some think a good deal longer at what they call high.
 */
export const EFFORT_SCALE: Readonly<Record<Effort, number>> = { none: 0, low: 0.33, medium: 1, high: 2.13 };
