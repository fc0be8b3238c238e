import { LRUCache } from "lru-cache";
import { Pool } from "undici";
import { type Guard, guardedConnector } from "./guarded-connector.ts";
import type { EgressRule } from "./rule.ts";
import { openWatchedClient } from "./watched-client.ts";

export interface Pools {
  /** The operator's own. Nothing is checked, and nothing is done besides. */
  find(origin: string): Pool;
  /** Connections made under this rule for no other. */
  findUnder(rule: EgressRule, origin: string): Pool;
  /** Ends what is still under way. */
  close(): Promise<void>;
}

interface PoolsSettings {
  guard: Guard;
  connectTimeoutMs: number;
  /** Each request wants to know which connection carries it. */
  isWatched: boolean;
  options: Omit<Pool.Options, "connect" | "connectTimeout" | "factory">;
}

/** Tenants may name any number of origins: the pool used longest ago is closed when its calls have ended. */
const MAX_GUARDED_POOLS = 2_000;

export function openPools({ guard, connectTimeoutMs, isWatched, options }: PoolsSettings): Pools {
  const own = new Map<string, Pool>();
  const guarded = new LRUCache<string, Pool>({ max: MAX_GUARDED_POOLS, dispose: (pool) => void pool.close() });
  const settings: Pool.Options = { ...options, ...(isWatched && { factory: openWatchedClient }) };
  const keyOf = rememberKeys();
  const find = (origin: string) => {
    const known = own.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, { ...settings, connectTimeout: connectTimeoutMs });
    own.set(origin, pool);
    return pool;
  };
  return {
    find,
    findUnder(rule, origin) {
      if (rule.kind === "operator") return find(origin);
      const key = `${keyOf(rule)} ${origin}`;
      const known = guarded.get(key);
      if (known !== undefined) return known;
      const connect = guardedConnector(new URL(origin), rule, guard, connectTimeoutMs);
      const pool = new Pool(origin, { ...settings, connect });
      guarded.set(key, pool);
      return pool;
    },
    async close() {
      const all = [...own.values(), ...guarded.values()];
      await Promise.all(all.map((pool) => pool.destroy()));
    },
  };
}

/** Rules that say the same share their connections, however often they are compiled. */
function rememberKeys(): (rule: EgressRule) => string {
  const keys = new WeakMap<EgressRule, string>();
  return (rule) => {
    const key = keys.get(rule) ?? JSON.stringify(rule);
    keys.set(rule, key);
    return key;
  };
}
