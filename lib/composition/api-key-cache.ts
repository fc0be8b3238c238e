import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type Database, withKeyHash } from "#lib/db/client.ts";
import type { Principal } from "#lib/gateway/contract/snapshot.ts";

const MAX_KEYS = 50_000;
const TRUSTED_MS = 60_000;
/** How long a look-up counts while changes made by other instances would not be heard. */
const UNTRUSTED_MS = 1_000;
/** Wrong keys are remembered briefly, so that a caller with one cannot keep the database busy. */
const UNKNOWN_MS = 5_000;

interface Entry {
  found: Promise<Principal | null>;
  /** Undefined while the look-up is under way. */
  principal: Principal | null | undefined;
}

export interface ApiKeyCache {
  find(secret: string): Promise<Principal | null>;
  /** Forgets the tenant's keys, and every look-up that is under way or found nothing. */
  forget(tenantId: string): void;
  clear(): void;
}

/** Keys by their SHA-256, looked up once and then answered from memory until something changes. */
export function createApiKeyCache(database: Database, isListening: () => boolean): ApiKeyCache {
  const entries = new LRUCache<string, Entry>({ max: MAX_KEYS, ttl: TRUSTED_MS });

  const look = (digest: string): Promise<Principal | null> => {
    const entry: Entry = { found: readPrincipal(database, digest), principal: undefined };
    entries.set(digest, entry, { ttl: isListening() ? TRUSTED_MS : UNTRUSTED_MS });
    entry.found.then(
      (principal) => {
        entry.principal = principal;
        if (principal === null && entries.peek(digest) === entry) entries.set(digest, entry, { ttl: UNKNOWN_MS });
      },
      () => {
        if (entries.peek(digest) === entry) entries.delete(digest);
      },
    );
    return entry.found;
  };

  return {
    find(secret) {
      const digest = hash("sha256", secret, "hex");
      return entries.get(digest)?.found ?? look(digest);
    },
    forget(tenantId) {
      for (const [digest, { principal }] of entries.entries()) {
        if (principal === undefined || principal === null || principal.tenantId === tenantId) entries.delete(digest);
      }
    },
    clear: () => entries.clear(),
  };
}

async function readPrincipal(database: Database, digest: string): Promise<Principal | null> {
  const secretHash = Uint8Array.from(Buffer.from(digest, "hex"));
  const row = await withKeyHash(database, digest, (tx) => tx.apiKey.findUnique({ where: { secretHash } }));
  if (row === null || row.revokedAt !== null) return null;
  return {
    tenantId: row.tenantId,
    apiKeyId: row.id,
    name: row.name,
    scopes: row.scopes,
    functions: row.functions,
    canCallModels: row.canCallModels,
    expiresAtMs: row.expiresAt?.getTime() ?? null,
  };
}
