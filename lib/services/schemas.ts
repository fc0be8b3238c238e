import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";

/** Fields that stand in many requests and answers: one sentence each, wherever they stand. */

export const functionSlug = z.string().describe("The function's slug, as `GET …/mode` lists them.");
export const functionName = z.string().describe("What people call the function.");

export const providerId = z.string().describe("The provider's id, as `GET …/connections/providers` lists them.");
export const answeringProviderId = z
  .string()
  .describe("The provider's id, as `GET …/connections/providers` lists them; `demo`: answers are simulated.");
export const providerName = z.string().describe("What people call the provider.");

export const modelId = z.string().describe("The provider's own name for the model.");
export const modelName = z
  .string()
  .describe("What people call the model; the provider's own name where the catalog does not know it.");

export const connectionId = z
  .string()
  .describe(
    "Id of the connection: a UUID for one of the tenant's own, `platform:openai` or `demo` for the platform's.",
  );
export const ownConnectionId = z.string().describe("Id (UUID) of one of the tenant's own connections.");
export const connectionName = z.string().describe("What people call the connection.");
export const connectionOwner = z
  .enum(["platform", "tenant"])
  .describe("Whose account it is: the platform's, or the tenant's own.");
export const connectionHosting = z
  .enum(["cloud", "self-hosted"])
  .describe("`self-hosted`: a server of the tenant's own.");
export const connectionHost = z.string().describe("The host that its requests go to, in lower case, without a port.");
export const isSimulated = z.boolean().describe("Whether the demo provider makes the answers up.");

export const mode = z
  .enum(MODES)
  .describe(
    "Who runs the tenant's models: the platform, the tenant's own accounts, or the tenant's own servers alone.",
  );
export const tier = z
  .enum(TIERS)
  .describe("Which model the platform picks for a function: for quality, for quality per cost, or for cost.");

/** Of the route version that is in force when the answer is made. */
export const versionInForce = z
  .number()
  .int()
  .describe("Number of the route version in force, to be sent back with a change of it.");
export const publishedBy = z.string().describe("Name of the person or API key that published it.");
export const publishedAt = z.iso.datetime().describe("When it was published, in ISO 8601, UTC.");
export const noteInput = z
  .string()
  .trim()
  .max(200, "At most 200 characters.")
  .default("")
  .describe("Why, for whoever reads the list of versions later.");
/** Of the version that a change was made on. */
export const routeVersionInput = z
  .int()
  .positive()
  .describe("The version that the change was made on: refused when another has been published since.");

export const nextCursor = z
  .string()
  .nullable()
  .describe("What to send as `cursor` for the next page; null: this is the last one.");
