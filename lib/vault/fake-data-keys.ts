import type { DataKeyRegister, DataKeyStore, StoredDataKey } from "./data-key-store.ts";

/** The store in memory, with the database's promises: the first insert wins, a replacement compares versions. */
export class FakeDataKeys implements DataKeyStore, DataKeyRegister {
  readonly rows = new Map<string, StoredDataKey>();
  reads = 0;
  /** Replacements after which the process is gone; null: it lives. */
  replacementsLeft: number | null = null;

  async read(tenantId: string): Promise<StoredDataKey | null> {
    this.reads += 1;
    return this.rows.get(tenantId) ?? null;
  }

  async insert(key: StoredDataKey): Promise<boolean> {
    if (this.rows.has(key.tenantId)) return false;
    this.rows.set(key.tenantId, key);
    return true;
  }

  async remove(tenantId: string): Promise<void> {
    this.rows.delete(tenantId);
  }

  async list(after: string | null, limit: number): Promise<StoredDataKey[]> {
    const sorted = [...this.rows.values()].sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
    return sorted.filter(({ tenantId }) => after === null || tenantId > after).slice(0, limit);
  }

  async replace(key: StoredDataKey): Promise<boolean> {
    if (this.replacementsLeft === 0) throw new Error("The process was killed.");
    if (this.replacementsLeft !== null) this.replacementsLeft -= 1;
    if (this.rows.get(key.tenantId)?.version !== key.version - 1) return false;
    this.rows.set(key.tenantId, key);
    return true;
  }
}
