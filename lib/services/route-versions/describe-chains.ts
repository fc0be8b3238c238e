import { isDeepStrictEqual } from "node:util";
import { formatPatience } from "#lib/format/patience.ts";
import type { Patience, TargetRef } from "#lib/gateway/contract/catalog.ts";
import { chainName, type Names, targetName } from "./names.ts";

type Chain = readonly TargetRef[];

/** The default chain, before and after a change. */
export function describeDefaultChain(names: Names, before: Chain, after: Chain): string[] {
  const asked = isSameOrder(before, after)
    ? []
    : [`The default chain is ${chainName(names, after)} instead of ${chainName(names, before)}.`];
  return [...asked, ...patienceSentences(names, before, after).map((sentence) => `In the default chain, ${sentence}`)];
}

interface Override {
  before: Chain | undefined;
  after: Chain | undefined;
  /** What serves the function while it has no chain of its own. */
  fallback: Chain;
}

/** A function's own chain, before and after a change; undefined: it has none. */
export function describeOverride(names: Names, { before, after, fallback }: Override): string[] {
  if (after === undefined) {
    return before === undefined ? [] : [`The default chain instead of ${chainName(names, before)}.`];
  }
  const asked =
    before !== undefined && isSameOrder(before, after)
      ? []
      : [
          `${chainName(names, after)} instead of ${before === undefined ? "the default chain" : chainName(names, before)}.`,
        ];
  return [...asked, ...patienceSentences(names, before ?? fallback, after)];
}

/** Of each target that is waited for otherwise than before. */
function patienceSentences(names: Names, before: Chain, after: Chain): string[] {
  return after.flatMap((target) => {
    const [old, now] = [patienceOf(before.find((other) => isSameTarget(other, target))), patienceOf(target)];
    return isDeepStrictEqual(old, now)
      ? []
      : [`${targetName(names, target)} gets ${words(now)} instead of ${words(old)}.`];
  });
}

function words(patience: Patience): string {
  return formatPatience(patience) || "the usual time and retries";
}

function patienceOf(target: Patience | undefined): Patience {
  const { firstTokenTimeoutMs, answerTimeoutMs, maxRetries } = target ?? {};
  return { firstTokenTimeoutMs, answerTimeoutMs, maxRetries };
}

function isSameOrder(one: Chain, other: Chain): boolean {
  return one.length === other.length && one.every((target, at) => isSameTarget(target, other[at]));
}

function isSameTarget(one: TargetRef, other: TargetRef | undefined): boolean {
  const { provider, model, connectionId } = one;
  return provider === other?.provider && model === other.model && connectionId === other.connectionId;
}
