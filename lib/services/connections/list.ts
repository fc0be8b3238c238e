import type { Catalog } from "#lib/catalog/index.ts";
import { findProviderName } from "#lib/catalog/provider-names.ts";
import type { Circuit } from "#lib/gateway/ports.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import type { CircuitDto, ConnectionList } from "./schemas.ts";

/** The accounts that serve this tenant, and how each of their models does. Never a key, nor an address. */
export async function listConnections(context: ServiceContext): Promise<ConnectionList> {
  authorize(context, "connection:read");
  const { connections, demoConnection } = context.platform;
  const { catalog } = context;
  const circuits = context.circuits();
  const all = demoConnection === null ? connections : [...connections, demoConnection];
  const data = all.map(({ id, provider, isSimulated }) => ({
    id,
    provider,
    providerName: findProviderName(provider),
    isSimulated,
    circuits: circuits
      .filter(({ connectionId }) => connectionId === id)
      .map((circuit) => toDto(catalog, provider, circuit)),
  }));
  return { data };
}

function toDto(catalog: Catalog, provider: string, { model, state, waitMs, attempts, failures }: Circuit): CircuitDto {
  const modelName = catalog.models.get(`${provider}/${model}`)?.name ?? model;
  return { model, modelName, state, waitMs: Math.ceil(waitMs), attempts, failures };
}
