import { z } from "zod";
import { PROBE_STATUSES, PROBE_STEPS } from "#lib/providers/probe/contract.ts";
import { activitySchema, healthSchema } from "./health/schemas.ts";

const circuitSchema = z
  .object({
    model: z.string(),
    modelName: z.string(),
    state: z
      .enum(["ready", "open", "cooling"])
      .describe("`open`: failed too often and is only probed. `cooling`: asked to be left alone."),
    waitMs: z.number().int().describe("Milliseconds until a call may try it; 0: one may."),
    attempts: z.number().int().describe("In the last 30 seconds, on the instance that answers."),
    failures: z.number().int(),
  })
  .meta({ id: "Circuit" });
export type CircuitDto = z.infer<typeof circuitSchema>;

const nanoUsd = z.string().regex(/^\d{1,18}$/, "Give whole nano-dollars as a string of digits.");

export const ownPriceSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("tokens"), inputNanoUsdPerMillion: nanoUsd, outputNanoUsdPerMillion: nanoUsd }),
    z.strictObject({ kind: z.literal("gpu-hour"), nanoUsdPerHour: nanoUsd }),
  ])
  .meta({
    id: "OwnPrice",
    description:
      "What a model costs here, where that is not what the catalog says: by its tokens, or by the hour that it is busy.",
  });

/** A million dollars, per million tokens or per hour: beyond it a sum of calls is no number that a column holds. */
const MAX_PRICE_NANO_USD = 10n ** 15n;

/** As people send it. */
const ownPriceInput = ownPriceSchema.superRefine((price, { addIssue }) => {
  for (const [name, value] of Object.entries(price)) {
    if (name === "kind" || BigInt(value) <= MAX_PRICE_NANO_USD) continue;
    addIssue({ code: "custom", path: [name], message: "At most a million dollars, which is 10^15 nano-dollars." });
  }
});

export const discoveredModelSchema = z
  .object({ id: z.string(), contextTokens: z.number().int().nullable() })
  .meta({ id: "DiscoveredModel", description: "A model that a server said it has." });

const testStepSchema = z.object({
  step: z.enum(PROBE_STEPS),
  status: z.enum(PROBE_STATUSES),
  ms: z.number().int().nullable(),
  message: z.string().describe("What was found; of a failure it holds the mend."),
});

export type TestStepDto = z.infer<typeof testStepSchema>;

export const connectionTestSchema = z
  .object({
    testedAt: z.iso.datetime(),
    isOk: z.boolean(),
    model: z.string().nullable().describe("The model that was tried."),
    steps: z.array(testStepSchema),
  })
  .meta({ id: "ConnectionTest" });

export const connectionTestResultSchema = connectionTestSchema
  .extend({
    models: z.array(discoveredModelSchema).nullable(),
  })
  .meta({
    id: "ConnectionTestResult",
    description: "With the models that the server listed, to choose from; null where it does not list them.",
  });
export type ConnectionTestResult = z.infer<typeof connectionTestResultSchema>;

const ownSchema = z
  .object({
    priority: z.number().int().describe("Among several at one provider: lower is tried first."),
    isEnabled: z.boolean(),
    fields: z.record(z.string(), z.string()).describe("By field id, without the secret ones."),
    secretFields: z
      .array(z.string())
      .describe("Ids of the secret fields that are set. Their values are never shown again."),
    secretHint: z.string().nullable().describe("The key's last four characters; null: no key, or too short a one."),
    enteredRegions: z
      .array(z.string())
      .describe("Where it runs by the tenant's own word, besides what its fields say."),
    models: z.array(discoveredModelSchema),
    price: ownPriceSchema.nullable(),
    lastTest: connectionTestSchema.nullable(),
    health: healthSchema.nullable().describe("Null where it is not checked: a cloud is known by its calls."),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
  })
  .meta({ id: "OwnAccount", description: "What only a connection of the tenant's own has." });

const connectionSchema = z
  .object({
    id: z.string(),
    owner: z.enum(["platform", "tenant"]),
    provider: z.string(),
    providerName: z.string(),
    name: z.string(),
    hosting: z.enum(["cloud", "self-hosted"]),
    regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
    host: z.string().nullable().describe("Null for the platform's."),
    isSimulated: z.boolean(),
    unopened: z.string().nullable().describe("Why its key cannot be opened, with the mend; null: it can."),
    circuits: z.array(circuitSchema).describe("Only models that were called lately."),
    activity: activitySchema,
    own: ownSchema.nullable(),
  })
  .meta({ id: "Connection" });
export type ConnectionDto = z.infer<typeof connectionSchema>;

export const connectionListSchema = z.object({ data: z.array(connectionSchema) }).meta({ id: "ConnectionList" });
export type ConnectionList = z.infer<typeof connectionListSchema>;

const connectionUseSchema = z
  .object({
    functions: z.array(z.string()).describe("Slugs whose own chain goes to it."),
    isInDefaultChain: z.boolean(),
  })
  .meta({
    id: "ConnectionUse",
    description: "Which functions lose a target without the connection, by the route in force.",
  });
export type ConnectionUse = z.infer<typeof connectionUseSchema>;

export const ownConnectionSchema = connectionSchema
  .extend({ own: ownSchema, usedBy: connectionUseSchema })
  .meta({ id: "OwnConnection" });
export type OwnConnectionDto = z.infer<typeof ownConnectionSchema>;

export const deletedConnectionSchema = z
  .object({ id: z.string(), usedBy: connectionUseSchema })
  .meta({ id: "DeletedConnection" });
export type DeletedConnectionDto = z.infer<typeof deletedConnectionSchema>;

const providerFieldSchema = z.object({
  id: z.string(),
  label: z.string(),
  hint: z.string(),
  format: z.string(),
  isSecret: z.boolean(),
  isRequired: z.boolean(),
  unless: z.string().nullable().describe("A field that makes this one needless when it is given."),
  default: z.string().nullable(),
});

const providerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    docsUrl: z.string(),
    hosting: z.enum(["cloud", "self-hosted"]),
    fields: z.array(providerFieldSchema).describe("What a form has to ask for."),
    regions: z.array(z.string()).describe("To suggest; a newer one works too. Empty: there is nothing to choose."),
    listsModels: z.boolean().describe("Whether its models can be discovered from it."),
  })
  .meta({ id: "Provider" });

export const providerListSchema = z.object({ data: z.array(providerSchema) }).meta({ id: "ProviderList" });
export type ProviderList = z.infer<typeof providerListSchema>;

const name = z.string().trim().min(1, "Give the connection a name.").max(80, "At most 80 characters.");
const priority = z.int("Give a whole number.").min(1, "At least 1.").max(1_000, "At most 1000.");
const regions = z
  .array(z.string().trim().min(1).max(64))
  .max(50)
  .describe("Where it runs, besides what its fields say.");
const MAX_FIELD_LENGTH = 20_000;
const fields = z
  .record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long.").nullable())
  .describe("By field id. Blank and left-out secrets stay as they are stored; null takes a value away.");

export const createConnectionInput = z.strictObject({
  provider: z.string().max(64),
  name,
  fields: fields.default({}),
  priority: priority.optional().describe("After the others at the provider when left out."),
  isEnabled: z.boolean().default(true),
  regions: regions.default([]),
  price: ownPriceInput.nullable().default(null),
});
export type CreateConnectionInput = z.input<typeof createConnectionInput>;

export const updateConnectionInput = z.strictObject({
  id: z.string(),
  name: name.optional(),
  priority: priority.optional(),
  isEnabled: z.boolean().optional(),
  fields: fields.optional(),
  regions: regions.optional(),
  price: ownPriceInput.nullable().optional(),
});
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>;

export const replaceSecretsInput = z.strictObject({
  id: z.string(),
  secrets: z
    .record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long."))
    .describe("All of the account's secrets: those that are left out are taken away."),
});
export type ReplaceSecretsInput = z.input<typeof replaceSecretsInput>;

export const deleteConnectionInput = z.strictObject({
  id: z.string(),
  confirm: z.string().max(200).optional().describe("The connection's name; needed where functions lose a target."),
});
export type DeleteConnectionInput = z.input<typeof deleteConnectionInput>;

export const testConnectionInput = z.strictObject({
  id: z.string().optional().describe("A saved connection, tested with the changes in `fields`."),
  provider: z.string().max(64).optional().describe("Needed where there is no `id`."),
  fields: fields.default({}),
  regions: regions.optional(),
  model: z
    .string()
    .trim()
    .max(300)
    .regex(/^[\x21-\x7e]*$/, "A model's name holds no spaces and nothing but ASCII.")
    .optional()
    .describe("The model to try; left out: one that it has."),
});
export type TestConnectionInput = z.input<typeof testConnectionInput>;
