import type { Catalog } from "#lib/catalog/index.ts";
import { findPrice } from "#lib/catalog/prices.ts";
import { type ModelRef, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import type { PlatformConnections } from "../context.ts";
import { providerName } from "../provider-name.ts";
import type { ModeDto } from "./schemas.ts";

type FunctionRow = ModeDto["functions"][number];
type TargetRow = FunctionRow["chains"][Tier][number];

/** Every function with its chain in each tier, as it would be called now. */
export function describeFunctions(catalog: Catalog, platform: PlatformConnections, at: Date): FunctionRow[] {
  const { functions, chains } = catalog;
  return [...functions.values()].map(({ slug, name, description, needs }) => {
    const chain = chains.get(slug);
    const rows = TIERS.map((tier) => [
      tier,
      (chain?.[tier] ?? []).map((ref) => describeTarget(catalog, ref, platform, at)),
    ]);
    const { contextTokens, capabilities } = needs;
    return {
      slug,
      name,
      description,
      needs: { contextTokens, capabilities: [...capabilities] },
      chains: Object.fromEntries(rows) as Record<Tier, TargetRow[]>,
    };
  });
}

function describeTarget(
  catalog: Catalog,
  { provider, model }: ModelRef,
  platform: PlatformConnections,
  at: Date,
): TargetRow {
  const isConnected = platform.connections.some((connection) => connection.provider === provider);
  const price = findPrice(provider, model, at);
  return {
    provider,
    providerName: providerName(provider),
    model,
    modelName: catalog.models.get(`${provider}/${model}`)?.name ?? model,
    isUsable: isConnected || platform.demoConnection !== null,
    isSimulated: !isConnected && platform.demoConnection !== null,
    inputNanoUsdPerMillion: price?.input.nanoUsdPerMillion.toString() ?? null,
    outputNanoUsdPerMillion: price?.output.nanoUsdPerMillion.toString() ?? null,
  };
}
