import pg from "pg";
import type { GatewayUnderTest } from "#e2e/support/gateway.ts";
import type { ConnectionList, CreateConnectionInput, OwnConnectionDto } from "#lib/services/connections/schemas.ts";
import type { RouteConfig } from "#lib/services/route-versions/config.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";

type Managed = Pick<GatewayUnderTest, "manage">;

/** A connection through the management API. Throws with the answer when it is refused. */
export async function connect(gateway: Managed, input: CreateConnectionInput): Promise<OwnConnectionDto> {
  return answerOf(await gateway.manage("POST", "/connections", input), 201);
}

export async function listConnections(gateway: Managed): Promise<ConnectionList["data"]> {
  return (await answerOf<ConnectionList>(await gateway.manage("GET", "/connections"), 200)).data;
}

/** Puts a routing in force, from the next call on. */
export async function publish(gateway: Managed, config: Partial<RouteConfig>): Promise<void> {
  const draft = await answerOf<RouteDraftDto>(await gateway.manage("GET", "/routes/draft"), 200);
  const saved = await answerOf<RouteDraftDto>(
    await gateway.manage("PUT", "/routes/draft", {
      config: { mode: "bring-your-own", tier: "balanced", ...config },
      revision: draft.revision,
      basedOn: draft.published.number,
    }),
    200,
  );
  const { revision, basedOn } = saved;
  const published = await gateway.manage("POST", "/routes/publish", { revision, basedOn, note: "" });
  const text = await published.text();
  const isInForce = published.status === 201 || text.includes("changes nothing");
  if (!isInForce) throw new Error(`The route was not published: ${text}`);
}

/**
 * Puts a routing in force that the management API would refuse: what must hold whatever is stored. The tenant needs a
 * connection, for this instance to hear of it at once.
 */
export async function forcePublish(
  gateway: Pick<GatewayUnderTest, "manage" | "database">,
  config: Partial<RouteConfig>,
): Promise<void> {
  const owner = new pg.Client({ connectionString: gateway.database.ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO route_version SELECT tenant_id, max(number) + 1, $1, '', 'Test' FROM route_version GROUP BY tenant_id`,
    [JSON.stringify({ mode: "bring-your-own", tier: "balanced", ...config })],
  );
  await owner.end();
  const own = (await listConnections(gateway)).find((connection) => connection.owner === "tenant");
  await answerOf(await gateway.manage("PUT", `/connections/${own?.id}`, { name: own?.name }), 200);
}

/** Takes away every connection of the tenant's own. */
export async function disconnectAll(gateway: Managed): Promise<void> {
  for (const { id, owner, name } of await listConnections(gateway)) {
    if (owner === "platform") continue;
    const query = new URLSearchParams({ confirm: name });
    await answerOf(await gateway.manage("DELETE", `/connections/${id}?${query}`), 200);
  }
}

export async function answerOf<Answer>(response: Response, status: number): Promise<Answer> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`It answered ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}

/** One step of a chain. */
export function ref(provider: string, model: string, connectionId: string | null = null) {
  return { provider, model, connectionId };
}
