import type { Catalog } from "#lib/catalog/index.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { Circuit } from "#lib/gateway/ports.ts";
import { findProviderEntry, type ProviderEntry } from "#lib/providers/registry/index.ts";
import type { ServiceContext } from "../context.ts";
import { providerName } from "../provider-name.ts";
import { placeOf } from "./place.ts";
import { NO_ACTIVITY } from "./read-activity.ts";
import type { Doing } from "./read-doing.ts";
import type { CircuitDto, ConnectionDto } from "./schemas.ts";
import { type OpenedSecrets, openSecrets } from "./seal-secrets.ts";
import type { StoredConnection } from "./stored.ts";

/** One of the platform's accounts. Never a key, nor an address. */
export function toPlatformDto(context: ServiceContext, connection: Connection, doing: Doing): ConnectionDto {
  const { id, provider, name, hosting, regions, isSimulated } = connection;
  return {
    id,
    owner: "platform",
    provider,
    providerName: providerName(provider),
    name,
    hosting,
    regions: [...regions],
    host: null,
    isSimulated,
    unopened: null,
    circuits: circuitsOf(context, id, provider),
    activity: doing.activity.get(id) ?? NO_ACTIVITY,
    own: null,
  };
}

type OwnDto = ConnectionDto & { own: NonNullable<ConnectionDto["own"]> };

/** One of the tenant's own, with everything about its key but the key. */
export async function toOwnDto(context: ServiceContext, row: StoredConnection, doing: Doing): Promise<OwnDto> {
  const entry = findProviderEntry(row.provider);
  const opened = await openSecrets(context.connections.vault, row);
  const place = entry === null ? null : placeOf(entry, row.fields, row.regions);
  return {
    id: row.id,
    owner: "tenant",
    provider: row.provider,
    providerName: providerName(row.provider),
    name: row.name,
    hosting: place?.hosting ?? "cloud",
    regions: [...(place?.regions ?? row.regions)],
    host: place?.host ?? null,
    isSimulated: false,
    unopened: opened.unopened,
    circuits: circuitsOf(context, row.id, row.provider),
    activity: doing.activity.get(row.id) ?? NO_ACTIVITY,
    own: {
      priority: row.priority,
      isEnabled: row.isEnabled,
      fields: row.fields,
      secretFields: secretFieldsOf(entry, row, opened),
      secretHint: row.secretHint,
      enteredRegions: row.regions,
      models: row.models,
      price: row.prices,
      lastTest: row.lastTest,
      health: doing.health.get(row.id) ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      updatedBy: row.updatedBy,
    },
  };
}

/** Of what cannot be opened it is not known which are set: those that must be. */
function secretFieldsOf(entry: ProviderEntry | null, { secrets }: StoredConnection, { secret }: OpenedSecrets) {
  if (secrets === null) return [];
  if (secret !== null) return Object.keys(secret);
  return entry?.fields.filter(({ isSecret, isRequired }) => isSecret && isRequired).map(({ id }) => id) ?? [];
}

function circuitsOf({ circuits, catalog }: ServiceContext, connectionId: string, provider: string): CircuitDto[] {
  return circuits()
    .filter((circuit) => circuit.connectionId === connectionId)
    .map((circuit) => toCircuitDto(catalog, provider, circuit));
}

function toCircuitDto(
  catalog: Catalog,
  provider: string,
  { model, state, waitMs, attempts, failures }: Circuit,
): CircuitDto {
  const modelName = catalog.models.get(`${provider}/${model}`)?.name ?? model;
  return { model, modelName, state, waitMs: Math.ceil(waitMs), attempts, failures };
}
