import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { Actor, ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type Role, roleCovers } from "../permissions.ts";
import { type CreateApiKeyInput, type CreatedApiKeyDto, createApiKeyInput } from "./schemas.ts";
import { describeApiKeySecret, hashApiKeySecret, makeApiKeySecret } from "./secret.ts";
import { toApiKeyDto } from "./to-dto.ts";

/** Makes a key. Its whole text is in this answer and nowhere else, ever. */
export async function createApiKey(context: ServiceContext, input: CreateApiKeyInput): Promise<CreatedApiKeyDto> {
  return createApiKeyWithSecret(context, input, makeApiKeySecret());
}

/** For a key whose text is already known: the demo tenant's. */
export async function createApiKeyWithSecret(
  context: ServiceContext,
  input: CreateApiKeyInput,
  secret: string,
): Promise<CreatedApiKeyDto> {
  authorize(context, "api-key:write");
  const { expiresAt, ...fields } = parseInput(createApiKeyInput, input);
  assertKnownFunctions(context, fields.functions);
  assertFuture(expiresAt);
  assertNoEscalation(context, fields);
  const { database, tenantId, actor } = context;
  const row = await withTenant(database, tenantId, async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        ...fields,
        ...describeApiKeySecret(secret),
        tenantId,
        id: uuidv7(),
        secretHash: hashApiKeySecret(secret),
        createdBy: actor.name,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      },
    });
    const after = { ...fields, expiresAt, prefix: created.prefix };
    await recordAudit(tx, context, { action: "api-key.create", targetKind: "api-key", targetId: created.id, after });
    return created;
  });
  context.configChanged(tenantId);
  return { ...toApiKeyDto(row), secret };
}

function assertKnownFunctions({ catalog }: ServiceContext, slugs: readonly string[]): void {
  const unknown = slugs.filter((slug) => !catalog.functions.has(slug));
  if (unknown.length === 0) return;
  const message = `There is no function ${unknown.map((slug) => `"${slug}"`).join(", ")}.`;
  throw new ServiceError("invalid_request", message, { fields: { functions: message } });
}

function assertFuture(expiresAt: string | null): void {
  if (expiresAt === null || Date.parse(expiresAt) > Date.now()) return;
  const message = "The expiry has to lie in the future.";
  throw new ServiceError("invalid_request", message, { fields: { expiresAt: message } });
}

/** Nobody makes a key that may do more than themselves: neither a person by their role, nor a key by its own. */
function assertNoEscalation({ actor }: ServiceContext, wanted: Wanted): void {
  if (actor.kind === "system") return;
  const missing = actor.kind === "member" ? beyondRole(actor.role, wanted) : beyondKey(actor, wanted);
  if (missing.length === 0) return;
  const who = actor.kind === "member" ? `Your role (${actor.role})` : "This API key";
  throw new ServiceError("not_allowed", `${who} lacks ${missing.join(", ")} and cannot pass on what it lacks.`);
}

function beyondRole(role: Role, { scopes }: Wanted): string[] {
  return scopes.filter((scope) => !roleCovers(role, scope));
}

function beyondKey(actor: Actor & { kind: "api-key" }, wanted: Wanted): string[] {
  const missing: string[] = wanted.scopes.filter((scope) => !actor.scopes.includes(scope));
  if (wanted.canCallModels && !actor.canCallModels) missing.push("calling models by name");
  if (actor.functions.length === 0) return missing;
  if (wanted.functions.length === 0) missing.push("calling every function");
  return [...missing, ...wanted.functions.filter((slug) => !actor.functions.includes(slug))];
}

type Wanted = Pick<z.output<typeof createApiKeyInput>, "scopes" | "functions" | "canCallModels">;
