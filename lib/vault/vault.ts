import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { KEY_BYTES } from "./aes-256-gcm.ts";
import { bindDataKey } from "./bind-data-key.ts";
import type { DataKeyStore } from "./data-key-store.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { type Binding, open, seal } from "./seal.ts";
import { Secret } from "./secret.ts";
import type { Unopened } from "./unopened.ts";

export type Sealing = { status: "sealed"; bytes: Buffer } | Unopened;
export type Opening = { status: "opened"; secret: Secret } | Unopened;

/** Seals and opens tenants' secrets. What cannot be opened is an answer; only the store's own errors are thrown. */
export interface Vault {
  /** The tenant must exist. Makes its data key at the first call: outside of a transaction, therefore. */
  sealSecret(binding: Binding, secret: Secret): Promise<Sealing>;
  openSecret(binding: Binding, bytes: Uint8Array): Promise<Opening>;
  /** Drops the tenant's data key from memory: it was destroyed or wrapped anew, here or elsewhere. */
  forget(tenantId: string): void;
  /** Changes may have been missed. */
  forgetAll(): void;
  /** Deletes the tenant's data key: nothing sealed for it opens ever again. */
  destroy(tenantId: string): Promise<void>;
}

interface VaultSettings {
  wrapper: KeyWrapper;
  store: DataKeyStore;
  /** False while a data key that another instance destroys would not be heard of. */
  isListening?: () => boolean;
  maxDataKeys?: number;
  /** Milliseconds on any steady clock. */
  now?: () => number;
}

/** Held as a `KeyObject`: outside of JavaScript's heap, unseen by inspectors, overwritten when it is collected. */
type DataKey = { status: "opened"; key: KeyObject } | Unopened;

const MAX_DATA_KEYS = 10_000;
/** How long a data key counts while changes would not be heard, and how soon one that did not open is tried again. */
const UNTRUSTED_MS = 1_000;

/** One data key a tenant, wrapped by the newest master key in the store, plain in a bounded cache of this process. */
export function createVault({
  wrapper,
  store,
  isListening = () => true,
  maxDataKeys = MAX_DATA_KEYS,
  now = () => performance.now(),
}: VaultSettings): Vault {
  const dataKeys = new LRUCache<string, Promise<DataKey>>({ max: maxDataKeys, perf: { now }, ttlResolution: 0 });

  const findDataKey = (tenantId: string): Promise<DataKey> => {
    const known = dataKeys.get(tenantId);
    if (known !== undefined) return known;
    const loading = loadDataKey(store, wrapper, tenantId);
    const keep = (ttl?: number) => dataKeys.set(tenantId, loading, ttl === undefined ? undefined : { ttl });
    keep(isListening() ? undefined : UNTRUSTED_MS);
    // What was forgotten while it was on its way stays forgotten.
    const isKept = () => dataKeys.peek(tenantId) === loading;
    loading.then(
      ({ status }) => status !== "opened" && isKept() && keep(UNTRUSTED_MS),
      () => isKept() && dataKeys.delete(tenantId),
    );
    return loading;
  };

  const makeDataKey = async (tenantId: string): Promise<DataKey> => {
    const refusal = await insertDataKey(store, wrapper, tenantId);
    if (refusal !== null) return refusal;
    dataKeys.delete(tenantId);
    // From the store, not from here: another instance may have been first, and what is used must be what is kept.
    return findDataKey(tenantId);
  };

  return {
    async sealSecret(binding, secret) {
      const found = await findDataKey(binding.tenantId);
      const dataKey = found.status === "no-data-key" ? await makeDataKey(binding.tenantId) : found;
      if (dataKey.status !== "opened") return dataKey;
      const plaintext = Buffer.from(secret.reveal(), "utf8");
      const bytes = seal(dataKey.key, plaintext, binding);
      plaintext.fill(0);
      return { status: "sealed", bytes };
    },
    async openSecret(binding, bytes) {
      const dataKey = await findDataKey(binding.tenantId);
      if (dataKey.status !== "opened") return dataKey;
      const plaintext = open(dataKey.key, bytes, binding);
      if (plaintext === null) return { status: "damaged" };
      const secret = new Secret(plaintext.toString("utf8"));
      plaintext.fill(0);
      return { status: "opened", secret };
    },
    forget: (tenantId) => {
      dataKeys.delete(tenantId);
    },
    forgetAll: () => dataKeys.clear(),
    async destroy(tenantId) {
      await store.remove(tenantId);
      dataKeys.delete(tenantId);
    },
  };
}

async function loadDataKey(store: DataKeyStore, wrapper: KeyWrapper, tenantId: string): Promise<DataKey> {
  const stored = await store.read(tenantId);
  if (stored === null) return { status: "no-data-key" };
  const wrapped = { keyId: stored.keyId, bytes: stored.wrapped };
  const unwrapped = await wrapper.unwrap(wrapped, bindDataKey(stored));
  if (unwrapped.status !== "opened") return unwrapped;
  const key = createSecretKey(unwrapped.dataKey);
  unwrapped.dataKey.fill(0);
  return { status: "opened", key };
}

/** Null when the tenant has a data key afterwards, whoever made it. */
async function insertDataKey(store: DataKeyStore, wrapper: KeyWrapper, tenantId: string): Promise<Unopened | null> {
  const version = 1;
  const dataKey = randomBytes(KEY_BYTES);
  const wrapping = await wrapper.wrap(dataKey, bindDataKey({ tenantId, version }));
  dataKey.fill(0);
  if (wrapping.status !== "wrapped") return wrapping;
  const { keyId, bytes } = wrapping.wrapped;
  await store.insert({ tenantId, version, keyId, wrapped: bytes });
  return null;
}
