import { useQuery } from "@tanstack/react-query";
import { connectionsOptions } from "#lib/queries/connections.ts";
import type { ConnectionList } from "#lib/services/connections/schemas.ts";

/** A connection of the tenant's own, as far as a chain names it. */
export interface OwnConnection {
  id: string;
  provider: string;
  providerName: string;
  name: string;
  hosting: "cloud" | "self-hosted";
  /** What a server was found to have; empty: not known. */
  models: readonly string[];
}

const NONE: readonly OwnConnection[] = [];

export function useOwnConnections(tenant: string): readonly OwnConnection[] {
  const { data } = useQuery({ ...connectionsOptions(tenant), select: toOwn });
  return data ?? NONE;
}

function toOwn({ data }: ConnectionList): OwnConnection[] {
  return data.flatMap(({ id, provider, providerName, name, hosting, own }) =>
    own === null ? [] : [{ id, provider, providerName, name, hosting, models: own.models.map((model) => model.id) }],
  );
}
