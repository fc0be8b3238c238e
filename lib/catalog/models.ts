import type { Model } from "#lib/gateway/contract/catalog.ts";
import { ANTHROPIC_MODELS, BEDROCK_CLAUDE_MODELS } from "./models/anthropic.ts";
import { GOOGLE_MODELS } from "./models/google.ts";
import { HOSTS_MODELS } from "./models/hosts.ts";
import { MAKERS_MODELS } from "./models/makers.ts";
import { OPENAI_MODELS } from "./models/openai.ts";

/**
 * The models that Switchyard knows, by the names that go upstream; a capability counts where our wires carry it there.
 * Read on 2026-11-23 and 24: context windows from @pydantic/genai-prices 0.1.8, and where it has none from the
 * provider's own model page, which each list names. Any other model can still be called directly by `provider/model`.
 * Models that are shut down or about to be stay listed, for the prices of the past: see retirements.ts.
 */
export const MODELS: readonly Model[] = [
  ...OPENAI_MODELS,
  ...ANTHROPIC_MODELS,
  ...GOOGLE_MODELS,
  ...MAKERS_MODELS,
  ...HOSTS_MODELS,
  ...BEDROCK_CLAUDE_MODELS,
];
