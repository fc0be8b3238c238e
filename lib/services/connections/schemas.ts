import { z } from "zod";
import { PROBE_STATUSES, PROBE_STEPS } from "#lib/providers/probe/contract.ts";

const circuitSchema = z.object({
  model: z.string(),
  modelName: z.string(),
  /** `open`: failed too often and is only probed. `cooling`: asked to be left alone. */
  state: z.enum(["ready", "open", "cooling"]),
  /** Milliseconds until a call may try it; 0: one may. */
  waitMs: z.number().int(),
  /** In the last 30 seconds, on the instance that answers. */
  attempts: z.number().int(),
  failures: z.number().int(),
});
export type CircuitDto = z.infer<typeof circuitSchema>;

const nanoUsd = z.string().regex(/^\d{1,18}$/, "Give whole nano-dollars as a string of digits.");

/** What a model costs here, where that is not what the catalog says: by its tokens, or by the hour that it is busy. */
export const ownPriceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tokens"), inputNanoUsdPerMillion: nanoUsd, outputNanoUsdPerMillion: nanoUsd }),
  z.strictObject({ kind: z.literal("gpu-hour"), nanoUsdPerHour: nanoUsd }),
]);

/** A model that a server said it has. */
export const discoveredModelSchema = z.object({ id: z.string(), contextTokens: z.number().int().nullable() });

const testStepSchema = z.object({
  step: z.enum(PROBE_STEPS),
  status: z.enum(PROBE_STATUSES),
  ms: z.number().int().nullable(),
  /** What was found; of a failure it holds the mend. */
  message: z.string(),
});

export type TestStepDto = z.infer<typeof testStepSchema>;

export const connectionTestSchema = z.object({
  testedAt: z.iso.datetime(),
  isOk: z.boolean(),
  /** The model that was tried. */
  model: z.string().nullable(),
  steps: z.array(testStepSchema),
});

/** With the models that the server listed, to choose from; null where it does not list them. */
export const connectionTestResultSchema = connectionTestSchema.extend({
  models: z.array(discoveredModelSchema).nullable(),
});
export type ConnectionTestResult = z.infer<typeof connectionTestResultSchema>;

/** What only a connection of the tenant's own has. */
const ownSchema = z.object({
  /** Among several at one provider: lower is tried first. */
  priority: z.number().int(),
  isEnabled: z.boolean(),
  /** By field id, without the secret ones. */
  fields: z.record(z.string(), z.string()),
  /** Ids of the secret fields that are set. Their values are never shown again. */
  secretFields: z.array(z.string()),
  /** The key's last four characters; null: no key, or too short a one. */
  secretHint: z.string().nullable(),
  /** Where it runs by the tenant's own word, besides what its fields say. */
  enteredRegions: z.array(z.string()),
  models: z.array(discoveredModelSchema),
  price: ownPriceSchema.nullable(),
  lastTest: connectionTestSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});

const connectionSchema = z.object({
  id: z.string(),
  owner: z.enum(["platform", "tenant"]),
  provider: z.string(),
  providerName: z.string(),
  name: z.string(),
  hosting: z.enum(["cloud", "self-hosted"]),
  /** Where it runs, in the provider's own names; empty: not known. */
  regions: z.array(z.string()),
  /** Null for the platform's. */
  host: z.string().nullable(),
  isSimulated: z.boolean(),
  /** Why its key cannot be opened, with the mend; null: it can. */
  unopened: z.string().nullable(),
  /** Only models that were called lately. */
  circuits: z.array(circuitSchema),
  own: ownSchema.nullable(),
});
export type ConnectionDto = z.infer<typeof connectionSchema>;

export const connectionListSchema = z.object({ data: z.array(connectionSchema) });
export type ConnectionList = z.infer<typeof connectionListSchema>;

/** Which functions lose a target without the connection, by the route in force. */
const connectionUseSchema = z.object({
  /** Slugs whose own chain goes to it. */
  functions: z.array(z.string()),
  isInDefaultChain: z.boolean(),
});
export type ConnectionUse = z.infer<typeof connectionUseSchema>;

export const ownConnectionSchema = connectionSchema.extend({ own: ownSchema, usedBy: connectionUseSchema });
export type OwnConnectionDto = z.infer<typeof ownConnectionSchema>;

export const deletedConnectionSchema = z.object({ id: z.string(), usedBy: connectionUseSchema });
export type DeletedConnectionDto = z.infer<typeof deletedConnectionSchema>;

const providerFieldSchema = z.object({
  id: z.string(),
  label: z.string(),
  hint: z.string(),
  format: z.string(),
  isSecret: z.boolean(),
  isRequired: z.boolean(),
  /** A field that makes this one needless when it is given. */
  unless: z.string().nullable(),
  default: z.string().nullable(),
});

const providerSchema = z.object({
  id: z.string(),
  name: z.string(),
  docsUrl: z.string(),
  hosting: z.enum(["cloud", "self-hosted"]),
  /** What a form has to ask for. */
  fields: z.array(providerFieldSchema),
  /** To suggest; a newer one works too. Empty: there is nothing to choose. */
  regions: z.array(z.string()),
  /** Whether its models can be discovered from it. */
  listsModels: z.boolean(),
});

export const providerListSchema = z.object({ data: z.array(providerSchema) });
export type ProviderList = z.infer<typeof providerListSchema>;

const name = z.string().trim().min(1, "Give the connection a name.").max(80, "At most 80 characters.");
const priority = z.int("Give a whole number.").min(1, "At least 1.").max(1_000, "At most 1000.");
const regions = z.array(z.string().trim().min(1).max(64)).max(50);
const MAX_FIELD_LENGTH = 20_000;
/** By field id. Blank and left-out secrets stay as they are stored; null takes a value away. */
const fields = z.record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long.").nullable());

export const createConnectionInput = z.strictObject({
  provider: z.string().max(64),
  name,
  fields: fields.default({}),
  /** After the others at the provider when left out. */
  priority: priority.optional(),
  isEnabled: z.boolean().default(true),
  regions: regions.default([]),
  price: ownPriceSchema.nullable().default(null),
});
export type CreateConnectionInput = z.input<typeof createConnectionInput>;

export const updateConnectionInput = z.strictObject({
  id: z.string(),
  /** What is left out stays as it is. */
  name: name.optional(),
  priority: priority.optional(),
  isEnabled: z.boolean().optional(),
  fields: fields.optional(),
  regions: regions.optional(),
  price: ownPriceSchema.nullable().optional(),
});
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>;

export const replaceSecretsInput = z.strictObject({
  id: z.string(),
  /** All of the account's secrets: those that are left out are taken away. */
  secrets: z.record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long.")),
});
export type ReplaceSecretsInput = z.input<typeof replaceSecretsInput>;

export const deleteConnectionInput = z.strictObject({
  id: z.string(),
  /** The connection's name; needed where functions lose a target. */
  confirm: z.string().max(200).optional(),
});
export type DeleteConnectionInput = z.input<typeof deleteConnectionInput>;

export const testConnectionInput = z.strictObject({
  /** A saved connection, tested with the changes in `fields`. */
  id: z.string().optional(),
  /** Needed where there is no `id`. */
  provider: z.string().max(64).optional(),
  fields: fields.default({}),
  regions: regions.optional(),
  /** The model to try; left out: one that it has. */
  model: z
    .string()
    .trim()
    .max(300)
    .regex(/^[\x21-\x7e]*$/, "A model's name holds no spaces and nothing but ASCII.")
    .optional(),
});
export type TestConnectionInput = z.input<typeof testConnectionInput>;
