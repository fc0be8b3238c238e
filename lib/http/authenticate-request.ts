import { callerAddress } from "#lib/auth/caller-address.ts";
import type { Composition } from "#lib/composition/compose.ts";
import type { Actor, ServiceContext } from "#lib/services/context.ts";
import { ServiceError } from "#lib/services/errors.ts";
import { listMyTenants } from "#lib/services/tenants/list-mine.ts";
import { readSessionUser } from "./session-user.ts";

interface Asked {
  tenantSlug: string;
  requestId: string;
}

/** Who acts in the tenant that the path names, by API key or by session. A stranger's tenant is `not_found`. */
export async function authenticateRequest(
  composition: Composition,
  request: Request,
  { tenantSlug, requestId }: Asked,
): Promise<ServiceContext> {
  const key = presentedKey(request);
  const { tenantId, actor } =
    key === null
      ? await actorOfSession(composition, request, tenantSlug)
      : await actorOfKey(composition, key, tenantSlug);
  const address = callerAddress(request.headers.get("x-forwarded-for"));
  return buildContext(composition, { tenantId, tenantSlug, actor, requestId, address });
}

/** The context of a use case, with what of the composition it may use. */
export function buildContext(
  { database, platform, connections, catalog, health, snapshots, signingKey, configChanged }: Composition,
  who: Pick<ServiceContext, "tenantId" | "tenantSlug" | "actor" | "requestId" | "address">,
): ServiceContext {
  const routing = () => snapshots.get(who.tenantId);
  return {
    ...who,
    database,
    platform,
    connections,
    catalog,
    routing,
    signingKey,
    circuits: () => health.circuits(),
    configChanged,
  };
}

interface Found {
  tenantId: string;
  actor: Actor;
}

async function actorOfKey({ keys, snapshots }: Composition, secret: string, tenantSlug: string): Promise<Found> {
  const principal = secret.startsWith("sy_") ? await keys.find(secret) : null;
  if (principal === null || (principal.expiresAtMs ?? Number.POSITIVE_INFINITY) <= Date.now()) {
    throw new ServiceError("invalid_api_key", "This API key is not valid: unknown, revoked or expired.");
  }
  const snapshot = await snapshots.get(principal.tenantId);
  if (snapshot.tenantSlug !== tenantSlug) throw noSuchTenant();
  const { tenantId, apiKeyId, name, scopes, functions, canCallModels } = principal;
  return { tenantId, actor: { kind: "api-key", id: apiKeyId, name, scopes, functions, canCallModels } };
}

async function actorOfSession(composition: Composition, request: Request, tenantSlug: string): Promise<Found> {
  assertSameOrigin(request, composition.environment.publicUrl);
  const user = await readSessionUser(composition);
  if (user === null) {
    throw new ServiceError("not_signed_in", "Sign in, or send an API key as `Authorization: Bearer sy_…`.");
  }
  const tenants = await listMyTenants(composition.database, user.id);
  const tenant = tenants.find(({ slug }) => slug === tenantSlug);
  if (tenant === undefined) throw noSuchTenant();
  return { tenantId: tenant.id, actor: { kind: "member", id: user.id, name: user.name, role: tenant.role } };
}

/** A session's cookie goes along with requests that other sites make: theirs must not change anything. */
function assertSameOrigin(request: Request, publicUrl: string): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  // A proxy need not pass on which host it was asked for.
  if (origin !== null && origin === URL.parse(publicUrl)?.origin) return;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (origin !== null && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new ServiceError("not_allowed", "This request comes from another site. Use an API key for automation.");
}

function presentedKey(request: Request): string | null {
  const bearer = request.headers.get("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
  return bearer ?? request.headers.get("x-api-key");
}

/** The same answer whether the tenant does not exist or is somebody else's. */
function noSuchTenant(): ServiceError {
  return new ServiceError("not_found", "There is no such tenant, or you do not belong to it.");
}
