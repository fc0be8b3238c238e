import { z } from "zod";
import {
  answeringProviderId,
  connectionHosting,
  connectionId,
  connectionName,
  connectionOwner,
  isSimulated,
  modelId,
  modelName,
  ownConnectionId,
  providerId,
  providerName,
} from "../schemas.ts";
import { activitySchema, healthSchema } from "./health/schemas.ts";
import { connectionTestSchema, discoveredModelSchema } from "./tests/schemas.ts";

const circuitSchema = z
  .object({
    model: modelId,
    modelName,
    state: z
      .enum(["ready", "open", "cooling"])
      .describe(
        "`ready`: calls go to it. `open`: failed too often and is only probed. `cooling`: asked to be left alone.",
      ),
    waitMs: z.number().int().describe("Milliseconds until a call may try it; 0: one may."),
    attempts: z.number().int().describe("In the last 30 seconds, on the instance that answers."),
    failures: z.number().int().describe("How many of `attempts` failed in a way that speaks against the model."),
  })
  .meta({ id: "Circuit", description: "How a model at a connection does, by the calls of everybody who shares it." });
export type CircuitDto = z.infer<typeof circuitSchema>;

const nanoUsd = z.string().regex(/^\d{1,18}$/, "Give whole nano-dollars as a string of digits.");

export const ownPriceSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("tokens").describe("By its tokens."),
      inputNanoUsdPerMillion: nanoUsd.describe("Nano-dollars (10⁻⁹ USD) as digits, for a million tokens sent."),
      outputNanoUsdPerMillion: nanoUsd.describe("Nano-dollars as digits, for a million tokens generated."),
    }),
    z.strictObject({
      kind: z.literal("gpu-hour").describe("By the time that it is busy; only servers of the tenant's own."),
      nanoUsdPerHour: nanoUsd.describe("Nano-dollars (10⁻⁹ USD) as digits, for an hour of calls."),
    }),
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

const ownSchema = z
  .object({
    priority: z.number().int().describe("Among several at one provider: lower is tried first."),
    isEnabled: z.boolean().describe("Whether calls may use it."),
    fields: z.record(z.string(), z.string()).describe("By field id, without the secret ones."),
    secretFields: z
      .array(z.string())
      .describe("Ids of the secret fields that are set. Their values are never shown again."),
    secretHint: z.string().nullable().describe("The key's last four characters; null: no key, or too short a one."),
    enteredRegions: z
      .array(z.string())
      .describe("Where it runs by the tenant's own word, besides what its fields say."),
    models: z.array(discoveredModelSchema).describe("What was last discovered from it; empty: nothing was."),
    price: ownPriceSchema.nullable().describe("What its models cost; null: what the catalog says."),
    lastTest: connectionTestSchema
      .nullable()
      .describe("Its last test as it is; null: there was none since its fields or secrets changed."),
    health: healthSchema.nullable().describe("Null where it is not checked: a cloud is known by its calls."),
    createdAt: z.iso.datetime().describe("When it was added, in ISO 8601, UTC."),
    updatedAt: z.iso.datetime().describe("When somebody last changed it, in ISO 8601, UTC."),
    updatedBy: z.string().describe("Name of the person or API key that added or last changed it."),
  })
  .meta({ id: "OwnAccount", description: "What only a connection of the tenant's own has." });

const connectionSchema = z
  .object({
    id: connectionId,
    owner: connectionOwner,
    provider: answeringProviderId,
    providerName,
    name: connectionName,
    hosting: connectionHosting,
    regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
    host: z
      .string()
      .nullable()
      .describe("The host that its requests go to, in lower case, without a port; null for the platform's."),
    isSimulated,
    unopened: z.string().nullable().describe("Why its key cannot be opened, with the mend; null: it can."),
    circuits: z.array(circuitSchema).describe("Only models that were called lately."),
    activity: activitySchema.describe("What came of the tenant's own calls to it."),
    own: ownSchema.nullable().describe("Null for the platform's."),
  })
  .meta({ id: "Connection", description: "An account at a provider, or a server of the tenant's own." });
export type ConnectionDto = z.infer<typeof connectionSchema>;

export const connectionListSchema = z
  .object({
    data: z
      .array(connectionSchema)
      .describe("The tenant's own in the order in which calls try them, then the platform's."),
  })
  .meta({ id: "ConnectionList", description: "The tenant's own connections, and the platform's." });
export type ConnectionList = z.infer<typeof connectionListSchema>;

const connectionUseSchema = z
  .object({
    functions: z.array(z.string()).describe("Slugs whose own chain goes to it."),
    isInDefaultChain: z.boolean().describe("Whether the chain of all other functions goes to it."),
  })
  .meta({
    id: "ConnectionUse",
    description: "Which functions lose a target without the connection, by the route in force.",
  });
export type ConnectionUse = z.infer<typeof connectionUseSchema>;

export const ownConnectionSchema = connectionSchema
  .extend({
    own: ownSchema.describe("What the tenant entered, and how it does."),
    usedBy: connectionUseSchema.describe("What deleting it would take a target from."),
  })
  .meta({ id: "OwnConnection", description: "One of the tenant's own connections." });
export type OwnConnectionDto = z.infer<typeof ownConnectionSchema>;

export const deletedConnectionSchema = z
  .object({
    id: z.string().describe("The id (UUID) that it had."),
    usedBy: connectionUseSchema.describe("What has lost a target by it."),
  })
  .meta({ id: "DeletedConnection", description: "What is left to say of a connection that has been deleted." });
export type DeletedConnectionDto = z.infer<typeof deletedConnectionSchema>;

/** Of a tenant. */
export const MAX_CONNECTIONS = 200;

const name = z
  .string()
  .trim()
  .min(1, "Give the connection a name.")
  .max(80, "At most 80 characters.")
  .describe("What people call it.");
const priority = z
  .int("Give a whole number.")
  .min(1, "At least 1.")
  .max(1_000, "At most 1000.")
  .describe("Among several at one provider: lower is tried first.");
const isEnabled = z.boolean().describe("Whether calls may use it.");
const price = ownPriceInput.nullable();
const regions = z
  .array(z.string().trim().min(1).max(64))
  .max(50)
  .describe("Where it runs, besides what its fields say.");
const MAX_FIELD_LENGTH = 20_000;
const fields = z
  .record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long.").nullable())
  .describe("By field id. Blank and left-out secrets stay as they are stored; null takes a value away.");

export const createConnectionInput = z.strictObject({
  provider: providerId.max(64),
  name,
  fields: fields.default({}),
  priority: priority
    .optional()
    .describe("Among several at one provider: lower is tried first. Left out: after the others there."),
  isEnabled: isEnabled.default(true),
  regions: regions.default([]),
  price: price.default(null).describe("What its models cost; null: what the catalog says."),
});
export type CreateConnectionInput = z.input<typeof createConnectionInput>;

export const updateConnectionInput = z.strictObject({
  id: ownConnectionId,
  name: name.optional(),
  priority: priority.optional(),
  isEnabled: isEnabled.optional(),
  fields: fields.optional(),
  regions: regions.optional(),
  price: price.optional().describe("What its models cost from now on; null: what the catalog says."),
});
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>;

export const reorderConnectionsInput = z.strictObject({
  provider: providerId.max(64),
  ids: z
    .array(z.string().max(64))
    .min(1, "Give at least one.")
    .max(MAX_CONNECTIONS, `At most ${MAX_CONNECTIONS}.`)
    .describe("All of the tenant's connections at the provider, the one that is tried first at the beginning."),
});
export type ReorderConnectionsInput = z.input<typeof reorderConnectionsInput>;

export const replaceSecretsInput = z.strictObject({
  id: ownConnectionId,
  secrets: z
    .record(z.string().max(64), z.string().max(MAX_FIELD_LENGTH, "Too long."))
    .describe("By field id, all of the account's secrets: those that are left out are taken away."),
});
export type ReplaceSecretsInput = z.input<typeof replaceSecretsInput>;

export const deleteConnectionInput = z.strictObject({
  id: ownConnectionId,
  confirm: z.string().max(200).optional().describe("The connection's name; needed where functions lose a target."),
});
export type DeleteConnectionInput = z.input<typeof deleteConnectionInput>;

export const testConnectionInput = z.strictObject({
  id: z.string().optional().describe("Id (UUID) of a saved connection, which is tested with the changes in `fields`."),
  provider: z
    .string()
    .max(64)
    .optional()
    .describe("The provider's id of an account that is not saved: needed where there is no `id`."),
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
