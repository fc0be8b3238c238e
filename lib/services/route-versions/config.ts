import { z } from "zod";
import { mode, tier } from "../schemas.ts";
import { MAX_CHAIN_LENGTH, RETRIES, TIMEOUT_MS } from "./limits.ts";
import { isReachable, toPlaces } from "./places.ts";

const HOST_SENTENCE = "must be a host's name in ASCII or an address, without a port or path";
const RETRIES_SENTENCE = `must be a number from ${RETRIES.min} to ${RETRIES.max}`;

const timeoutMs = z
  .int("must be a whole number of milliseconds")
  .min(TIMEOUT_MS.min, `must be at least ${TIMEOUT_MS.min} milliseconds`)
  .max(TIMEOUT_MS.max, `must be at most ${TIMEOUT_MS.max} milliseconds, which is an hour`);

/** One step of a tenant's own chain: every connection to the provider in order, or one of them. */
const targetRefSchema = z
  .strictObject({
    provider: z.string().min(1).max(64).describe("The provider's id, as `GET …/connections/providers` lists them."),
    model: z
      .string()
      .min(1)
      .max(300)
      .regex(/^[\x21-\x7e]+$/, "must hold no spaces and nothing but ASCII")
      .describe("The provider's own name for the model."),
    connectionId: z
      .uuid()
      .nullable()
      .default(null)
      .describe("One of the tenant's own connections; null: every one at the provider, in the order of priority."),
    firstTokenTimeoutMs: timeoutMs
      .optional()
      .describe(
        "Milliseconds that a stream may be silent before its first content. Left out: as usual at the provider.",
      ),
    answerTimeoutMs: timeoutMs
      .optional()
      .describe(
        "Milliseconds that an answer may take which the caller gets in one piece. Left out: as usual at the provider.",
      ),
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
  ).describe(
    "Regions that calls may go to, in the providers' own names: `eu-central-1`, `swedencentral`, `europe-west4`.",
  ),
  hosts: places(z.string().regex(/^\s*[A-Za-z0-9_[:][A-Za-z0-9._:[\]-]{0,252}\s*$/, HOST_SENTENCE)).describe(
    "Names or addresses, without a port or path, that calls may go to wherever they are.",
  ),
});

/** As people send it: a host that no connection can be to would be a rule that lets nothing through, unseen. */
export const residencyInput = residencySchema.superRefine(({ hosts }, { addIssue }) => {
  hosts.forEach((host, at) => {
    if (!isReachable(host)) addIssue({ code: "custom", path: ["hosts", at], message: HOST_SENTENCE });
  });
});

const chain = z.array(targetRefSchema).max(MAX_CHAIN_LENGTH, `must name at most ${MAX_CHAIN_LENGTH} targets`);
const FUNCTION_TIERS = "By slug: functions that have a tier of their own.";
const OVERRIDES = "By slug: the chains of functions that have their own.";
const RESIDENCY =
  "Calls may go to an account if its host is listed, or if its regions are known and each is. Null or left out: anywhere.";
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, "must be a function's slug");

export const routeConfigSchema = z
  .object({
    mode,
    tier: tier.describe("Which model the platform picks for every function that has no tier of its own."),
    functionTiers: z.record(z.string(), tier).optional().describe(FUNCTION_TIERS),
    chain: chain
      .optional()
      .describe("In the tenant's own modes: the chain of every function that has none of its own."),
    overrides: z.record(z.string(), chain).optional().describe(OVERRIDES),
    hasPlatformFallback: z
      .boolean()
      .optional()
      .describe("Bring-your-own alone: the platform's accounts come last where the tenant's own fail."),
    residency: residencySchema.nullable().optional().describe(RESIDENCY),
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
  functionTiers: z.record(slug, tier).optional().describe(FUNCTION_TIERS),
  overrides: z.record(slug, chain).optional().describe(OVERRIDES),
  residency: residencyInput.nullable().optional().describe(RESIDENCY),
});
