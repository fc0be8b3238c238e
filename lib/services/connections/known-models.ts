import type { Fields } from "./check-account.ts";
import type { StoredConnection } from "./stored.ts";

/** Models that an account has by what was discovered from it, or by its own field. */
export function knownModels({ fields, models }: Pick<StoredConnection, "fields" | "models">): string[] {
  return [...new Set([...deploymentsOf(fields), ...models.map(({ id }) => id)])];
}

/** The models of `model=deployment` pairs, as Azure's accounts name them. */
export function deploymentsOf({ deployments = "" }: Fields): string[] {
  const models = deployments.split(",").map((pair) => pair.split("=")[0]?.trim() ?? "");
  return models.filter((model) => model !== "");
}
