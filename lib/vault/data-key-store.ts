/** A tenant's data key as it is stored. `version` counts its wrappings from 1 and is bound into `wrapped`. */
export interface StoredDataKey {
  tenantId: string;
  version: number;
  keyId: string;
  wrapped: Uint8Array;
}

/** The data keys as the vault uses them, a tenant at a time. */
export interface DataKeyStore {
  read(tenantId: string): Promise<StoredDataKey | null>;
  /** False when the tenant has one already, which stays: the first writer wins. */
  insert(key: StoredDataKey): Promise<boolean>;
  remove(tenantId: string): Promise<void>;
}

/** The data keys as `keys:rotate` uses them, of all tenants. */
export interface DataKeyRegister {
  read(tenantId: string): Promise<StoredDataKey | null>;
  /** At most `limit`, in the order of tenant ids, after this one; null: from the first. */
  list(after: string | null, limit: number): Promise<StoredDataKey[]>;
  /** Takes the place of the version before it; false when that is no longer what is stored. */
  replace(key: StoredDataKey): Promise<boolean>;
}
