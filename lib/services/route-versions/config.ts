import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";
import { MAX_CHAIN_LENGTH, RETRIES, TIMEOUT_MS } from "./limits.ts";
import { isReachable, toPlaces } from "./places.ts";

const HOST_SENTENCE = "must be a host's name in ASCII or an address, without a port or path";
const RETRIES_SENTENCE = `must be a number from ${RETRIES.min} to ${RETRIES.max}`;

const tier = z.enum(TIERS);
const timeoutMs = z
  .int("must be a whole number of milliseconds")
  .min(TIMEOUT_MS.min, `must be at least ${TIMEOUT_MS.min} milliseconds`)
  .max(TIMEOUT_MS.max, `must be at most ${TIMEOUT_MS.max} milliseconds, which is an hour`);

/** One step of a tenant's own chain: every connection to the provider in order, or one of them. */
const targetRefSchema = z
  .strictObject({
    provider: z.string().min(1).max(64),
    model: z
      .string()
      .min(1)
      .max(300)
      .regex(/^[\x21-\x7e]+$/, "must hold no spaces and nothing but ASCII"),
    connectionId: z.uuid().nullable().default(null),
    firstTokenTimeoutMs: timeoutMs
      .optional()
      .describe("How long a stream may be silent before its first content. Left out: as usual at the provider."),
    answerTimeoutMs: timeoutMs
      .optional()
      .describe("How long an answer may take that the caller gets in one piece. Left out: as usual at the provider."),
    maxRetries: z
      .int("must be a whole number")
      .min(RETRIES.min, RETRIES_SENTENCE)
      .max(RETRIES.max, RETRIES_SENTENCE)
      .optional()
      .describe("How often the target is tried again before the next. Left out: once, or twice where it is the last."),
  })
  .refine(({ firstTokenTimeoutMs, answerTimeoutMs }) => (firstTokenTimeoutMs ?? 0) <= (answerTimeoutMs ?? Infinity), {
    path: ["firstTokenTimeoutMs"],
    message: "must not be longer than answerTimeoutMs: the first token is a part of the answer",
  });

/** Written by people in many ways: kept once each, in lower case, so that they compare. */
const places = (place: z.ZodString) => z.array(place).max(200).overwrite(toPlaces);

const residencySchema = z.strictObject({
  regions: places(
    z.string().regex(/^\s*[A-Za-z0-9][A-Za-z0-9._-]{0,63}\s*$/, "must be a region's name such as eu-central-1"),
  ).describe("In the providers' own names: `eu-central-1`, `swedencentral`, `europe-west4`."),
  hosts: places(z.string().regex(/^\s*[A-Za-z0-9_[:][A-Za-z0-9._:[\]-]{0,252}\s*$/, HOST_SENTENCE)),
});

/** As people send it: a host that no connection can be to would be a rule that lets nothing through, unseen. */
export const residencyInput = residencySchema.superRefine(({ hosts }, { addIssue }) => {
  hosts.forEach((host, at) => {
    if (!isReachable(host)) addIssue({ code: "custom", path: ["hosts", at], message: HOST_SENTENCE });
  });
});

const chain = z.array(targetRefSchema).max(MAX_CHAIN_LENGTH, `must name at most ${MAX_CHAIN_LENGTH} targets`);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, "must be a function's slug");

export const routeConfigSchema = z
  .object({
    mode: z.enum(MODES),
    tier,
    functionTiers: z.record(z.string(), tier).optional().describe("Functions that have a tier of their own."),
    chain: chain
      .optional()
      .describe("In the tenant's own modes: the chain of every function that has none of its own."),
    overrides: z.record(z.string(), chain).optional().describe("By slug: the chains of functions that have their own."),
    hasPlatformFallback: z
      .boolean()
      .optional()
      .describe("Bring-your-own alone: the platform's accounts come last where the tenant's own fail."),
    residency: residencySchema.nullable().optional(),
    canRetryFiltered: z
      .boolean()
      .optional()
      .describe(
        "Another target may be asked what a content filter refused. Not without the tenant's word: a refusal can be meant.",
      ),
  })
  .meta({ id: "RouteConfig", description: "What a route version holds." });
export type RouteConfig = z.infer<typeof routeConfigSchema>;

/** As people send it: a field that there is not is an error then. */
export const routeConfigInput = z.strictObject({
  ...routeConfigSchema.shape,
  functionTiers: z.record(slug, tier).optional(),
  overrides: z.record(slug, chain).optional(),
  residency: residencyInput.nullable().optional(),
});
