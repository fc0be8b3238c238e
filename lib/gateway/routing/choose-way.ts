import { CAPABILITIES, type Capability, type Model } from "../contract/catalog.ts";
import type { Connection } from "../contract/snapshot.ts";
import type { Feature, Hint, RequestHint, RequestNeed, Translation, WireId } from "../contract/wire.ts";

/** What a request asks of whoever serves it. */
export interface RequestFacts {
  wire: WireId;
  needs: readonly RequestNeed[];
  hints: readonly RequestHint[];
}

/** How a request reaches a model, or the first thing that keeps it from there. */
export type Way =
  | { kind: "native"; leavesOut: readonly Hint[] }
  | { kind: "translation"; leavesOut: readonly Hint[] }
  | { kind: "none"; reason: string; param: string | null };

/** As it came where the provider speaks the caller's wire and the model can do over it what is asked; else translated. */
export function chooseWay(
  connection: Connection,
  { modelId, known: model }: { modelId: string; known: Model | null },
  facts: RequestFacts,
): Way {
  const { wire, needs, hints } = facts;
  const lacking = needs.find(({ feature }) => lacks(model, feature));
  if (lacking !== undefined) {
    return { kind: "none", reason: `does not take ${NOUNS[lacking.feature]}`, param: lacking.param };
  }
  const refused = needs.find(({ feature }) => isRefusedOver(model, wire, feature));
  if (connection.wires.includes(wire) && refused === undefined) {
    return { kind: "native", leavesOut: named(hints.filter(({ thought }) => thought?.isTranslated === true)) };
  }
  const { translation } = connection;
  if (translation === null) {
    if (refused !== undefined) {
      return { kind: "none", reason: `does not take ${NOUNS[refused.feature]} over this API`, param: refused.param };
    }
    return { kind: "none", reason: `is not reached over this API at ${connection.provider}`, param: null };
  }
  const lost = needs.find(({ feature }) => !translation.features.includes(feature));
  if (lost !== undefined) {
    const what = lost.feature === "other" ? `\`${lost.param}\`` : NOUNS[lost.feature];
    return { kind: "none", reason: `is reached at ${connection.provider} without ${what}`, param: lost.param };
  }
  return { kind: "translation", leavesOut: named(hints.filter((hint) => !isCarried(hint, translation, modelId))) };
}

function named(hints: readonly RequestHint[]): Hint[] {
  return [...new Set(hints.map(({ hint }) => hint))];
}

function isCarried({ hint, thought }: RequestHint, { hints, thoughts }: Translation, modelId: string): boolean {
  if (thought === undefined) return (hints as readonly Hint[]).includes(hint);
  const isForThisModel = thought.model === null || thought.model === modelId;
  return isForThisModel && thought.readers.some((reader) => thoughts.includes(reader));
}

/** A model that the catalog does not know is taken at the caller's word: its provider will say what it cannot do. */
function lacks(model: Model | null, feature: Feature): boolean {
  return model !== null && isCapability(feature) && !model.capabilities.includes(feature);
}

function isRefusedOver(model: Model | null, wire: WireId, feature: Feature): boolean {
  return isCapability(feature) && model?.lacksOverWire?.[wire]?.includes(feature) === true;
}

function isCapability(feature: Feature): feature is Capability & Feature {
  return (CAPABILITIES as readonly string[]).includes(feature);
}

/** As a sentence says them: "does not take images". */
const NOUNS = {
  tools: "tools",
  "tool-choice": "a choice of tool",
  "parallel-tool-calls": "a rule on parallel tool calls",
  vision: "images",
  files: "files",
  audio: "audio",
  json: "a JSON output format",
  reasoning: "reasoning settings",
  stop: "stop sequences",
  seed: "a seed",
  logprobs: "log probabilities",
  n: "several choices",
  penalties: "penalties",
  "top-k": "top-k",
  "logit-bias": "a logit bias",
  embeddings: "embeddings",
  other: "this field",
} as const satisfies Record<Feature, string>;
