import type { Tier } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "./config.ts";
import { describeDefaultChain, describeOverride } from "./describe-chains.ts";
import { listed, MODE_NAMES, type Names } from "./names.ts";

/** What changes for one function, or for all of them (null), in sentences. */
export interface DifferenceGroup {
  functionSlug: string | null;
  title: string;
  sentences: string[];
}

/** What `after` changes about `before`, grouped by function. Empty: nothing. */
export function describeDifference(before: RouteConfig, after: RouteConfig, names: Names): DifferenceGroup[] {
  const change: Change = { before, after, names };
  const groups = [
    { functionSlug: null, title: "All functions", sentences: forAll(change) },
    { functionSlug: null, title: "Residency", sentences: residencySentences(change) },
    ...slugsOf(change).map((slug) => ({
      functionSlug: slug,
      title: names.catalog.functions.get(slug)?.name ?? slug,
      sentences: [...overrideSentences(change, slug), ...tierSentences(change, slug)],
    })),
  ];
  return groups.filter(({ sentences }) => sentences.length > 0);
}

/** The same as single lines: "email-classification: GPT-4.1 nano at OpenAI instead of the default chain." */
export function toLines(groups: readonly DifferenceGroup[]): string[] {
  return groups.flatMap(({ functionSlug, title, sentences }) =>
    sentences.map((sentence) => `${functionSlug ?? title}: ${sentence}`),
  );
}

interface Change {
  before: RouteConfig;
  after: RouteConfig;
  names: Names;
}

/** In the catalog's order; what it does not know comes last. */
function slugsOf({ before, after, names }: Change): string[] {
  const named = [before, after].flatMap(({ overrides, functionTiers }) => [
    ...Object.keys(overrides ?? {}),
    ...Object.keys(functionTiers ?? {}),
  ]);
  return [...new Set([...names.catalog.functions.keys(), ...named.sort()])];
}

function forAll({ before, after, names }: Change): string[] {
  const sentences: string[] = [];
  if (before.mode !== after.mode) sentences.push(`${MODE_NAMES[after.mode]} instead of ${MODE_NAMES[before.mode]}.`);
  if (before.tier !== after.tier) sentences.push(`The ${after.tier} tier instead of ${before.tier}.`);
  sentences.push(...describeDefaultChain(names, before.chain ?? [], after.chain ?? []));
  if (isOn(before.hasPlatformFallback) !== isOn(after.hasPlatformFallback)) {
    sentences.push(
      isOn(after.hasPlatformFallback)
        ? "The platform's accounts come last where your own fail."
        : "The platform's accounts no longer come last where your own fail.",
    );
  }
  if (isOn(before.canRetryFiltered) !== isOn(after.canRetryFiltered)) {
    sentences.push(
      isOn(after.canRetryFiltered)
        ? "Another model may be asked what a content filter refused."
        : "No other model is asked any more what a content filter refused.",
    );
  }
  return sentences;
}

function residencySentences({ before, after }: Change): string[] {
  const [old, now] = [before.residency ?? null, after.residency ?? null];
  if (old === null && now === null) return [];
  if (now === null) return ["Calls may go anywhere: the rule is lifted."];
  if (old === null) return [`Calls may go nowhere but to ${placesOf(now)}.`];
  return [
    ...changed(
      "Calls may also go to",
      placesOf({ regions: minus(now.regions, old.regions), hosts: minus(now.hosts, old.hosts) }),
    ),
    ...changed(
      "Calls may no longer go to",
      placesOf({ regions: minus(old.regions, now.regions), hosts: minus(old.hosts, now.hosts) }),
    ),
  ];
}

type Places = NonNullable<RouteConfig["residency"]>;

const NO_PLACE = "no place at all";

/** "the regions eu-central-1 and eu-west-1 and the host gpu.example". */
function placesOf({ regions, hosts }: Places): string {
  const parts = [placesOfKind("region", regions), placesOfKind("host", hosts)].filter((part) => part !== "");
  return parts.length === 0 ? NO_PLACE : parts.join(" and ");
}

function placesOfKind(kind: string, places: readonly string[]): string {
  if (places.length === 0) return "";
  return `the ${kind}${places.length > 1 ? "s" : ""} ${listed(places)}`;
}

function changed(words: string, places: string): string[] {
  return places === NO_PLACE ? [] : [`${words} ${places}.`];
}

function overrideSentences({ before, after, names }: Change, slug: string): string[] {
  const [old, now] = [ownValue(before.overrides, slug), ownValue(after.overrides, slug)];
  return describeOverride(names, { before: old, after: now, fallback: before.chain ?? [] });
}

function tierSentences({ before, after }: Change, slug: string): string[] {
  const [old, now] = [ownValue(before.functionTiers, slug), ownValue(after.functionTiers, slug)];
  if (old === now) return [];
  const name = (tier: Tier | undefined) => (tier === undefined ? "the tier of all functions" : `the ${tier} tier`);
  return [`${capitalized(name(now))} instead of ${name(old)}.`];
}

/** A slug can be called like what every object has: `constructor`. */
function ownValue<Value>(values: Readonly<Record<string, Value>> | undefined, slug: string): Value | undefined {
  return values !== undefined && Object.hasOwn(values, slug) ? values[slug] : undefined;
}

function isOn(setting: boolean | undefined): boolean {
  return setting ?? false;
}

function minus(from: readonly string[], taken: readonly string[]): string[] {
  return from.filter((each) => !taken.includes(each));
}

/** Of our own words alone: a model's name stays as its maker writes it. */
function capitalized(text: string): string {
  return text.startsWith("the ") ? `T${text.slice(1)}` : text;
}
