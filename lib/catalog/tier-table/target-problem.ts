import type { AiFunction, Model } from "#lib/gateway/contract/catalog.ts";

/** Why a model cannot serve a function at all, after its name in a sentence; null: it can. */
export function targetProblem(
  { needs }: AiFunction,
  model: Model | undefined,
  retiresOn: string | undefined,
): string | null {
  if (!model) return "is not in the catalog";
  if (retiresOn) return `is shut down on ${retiresOn}`;
  const missing = needs.capabilities.filter((capability) => !model.capabilities.includes(capability));
  if (missing.length > 0) return `lacks ${missing.join(" and ")}`;
  if (model.contextTokens < needs.contextTokens) return `takes only ${model.contextTokens} tokens`;
  return null;
}
