import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import { targetName } from "./names.ts";
import { type OwnChain, ownChainsOf } from "./own-chains.ts";
import { makesEmbeddings } from "./plan-function.ts";
import type { ProblemFacts, RouteProblem } from "./problem.ts";

/** What is wrong with a tenant's chains as lists. They are flat: none can lead back into itself. */
export function findChainProblems(facts: ProblemFacts): RouteProblem[] {
  return ownChainsOf(facts.config).flatMap((chain) => [
    ...emptiness(facts, chain),
    ...duplicates(facts, chain),
    ...otherVectors(facts, chain),
  ]);
}

function emptiness({ config }: ProblemFacts, { functionSlug, field, targets }: OwnChain): RouteProblem[] {
  if (targets.length > 0) return [];
  if (functionSlug !== null) {
    const message = "It names no target: give it one, or take it out to use the default chain.";
    return [{ severity: "error", functionSlug, field, message: `The chain of ${functionSlug} is empty. ${message}` }];
  }
  // Functions without a chain of their own are named one by one then.
  const isAllThereIs = Object.keys(config.overrides ?? {}).length === 0 && !config.hasPlatformFallback;
  if (!isAllThereIs) return [];
  const message = "The default chain is empty and no function has one of its own: calls would go nowhere.";
  return [{ severity: "error", functionSlug, field, message }];
}

function duplicates({ names }: ProblemFacts, { functionSlug, field, targets }: OwnChain): RouteProblem[] {
  return targets.flatMap((target, at) => {
    const isTwice = targets.slice(0, at).some((earlier) => isCovered(earlier, target));
    if (!isTwice) return [];
    const message = `${targetName(names, target)} is in the chain twice.`;
    return [{ severity: "error", functionSlug, field: `${field}.${at}`, message }];
  });
}

/** A target without a connection stands for every connection at its provider. */
function isCovered(earlier: TargetRef, { provider, model, connectionId }: TargetRef): boolean {
  if (earlier.provider !== provider || earlier.model !== model) return false;
  return earlier.connectionId === connectionId || earlier.connectionId === null || connectionId === null;
}

/** Vectors of different models cannot be compared: a fallback to another would never be used. */
function otherVectors({ catalog, names }: ProblemFacts, { functionSlug, field, targets }: OwnChain): RouteProblem[] {
  const fn = functionSlug === null ? undefined : catalog.functions.get(functionSlug);
  const [first] = targets;
  if (fn === undefined || first === undefined || !makesEmbeddings(fn)) return [];
  return targets.flatMap((target, at) => {
    if (target.model === first.model) return [];
    const message = `${targetName(names, target)} makes other vectors than ${targetName(names, first)}, which cannot be compared.`;
    return [{ severity: "error", functionSlug, field: `${field}.${at}`, message }];
  });
}
