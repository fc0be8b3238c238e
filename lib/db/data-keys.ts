import pg from "pg";
import { type Database, withTenant } from "./client.ts";

/** A row of `tenant_data_key`. */
interface DataKeyRow {
  tenantId: string;
  version: number;
  keyId: string;
  wrapped: Uint8Array;
}

/** Tenants' data keys as the app reaches them: each within its own tenant. */
export function openDataKeys(database: Database) {
  return {
    read: (tenantId: string): Promise<DataKeyRow | null> =>
      withTenant(database, tenantId, (tx) => tx.tenantDataKey.findUnique({ where: { tenantId } })),
    /** False when the tenant has one already, which stays. */
    async insert({ wrapped, ...row }: DataKeyRow): Promise<boolean> {
      const data = [{ ...row, wrapped: Uint8Array.from(wrapped) }];
      const { count } = await withTenant(database, row.tenantId, (tx) =>
        tx.tenantDataKey.createMany({ data, skipDuplicates: true }),
      );
      return count === 1;
    },
    async remove(tenantId: string): Promise<void> {
      await withTenant(database, tenantId, (tx) => tx.tenantDataKey.deleteMany({ where: { tenantId } }));
    },
  };
}

const COLUMNS = 'tenant_id AS "tenantId", version, key_id AS "keyId", wrapped';

/** The data keys of all tenants, as the owner whom the policy of rotation lets see them. */
export function openDataKeyRegister(ownerUrl: string) {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 8, application_name: "switchyard-keys-rotate" });
  pool.on("error", () => {});
  const query = async (sql: string, values: unknown[]) => (await pool.query<DataKeyRow>(sql, values)).rows;
  return {
    async read(tenantId: string): Promise<DataKeyRow | null> {
      const rows = await query(`SELECT ${COLUMNS} FROM tenant_data_key WHERE tenant_id = $1`, [tenantId]);
      return rows[0] ?? null;
    },
    list: (after: string | null, limit: number): Promise<DataKeyRow[]> =>
      query(
        `SELECT ${COLUMNS} FROM tenant_data_key WHERE $1::uuid IS NULL OR tenant_id > $1 ORDER BY tenant_id LIMIT $2`,
        [after, limit],
      ),
    /** Takes the place of the version before it; false when that is no longer what is stored. */
    async replace({ tenantId, version, keyId, wrapped }: DataKeyRow): Promise<boolean> {
      const rows = await query(
        `UPDATE tenant_data_key SET version = $2, key_id = $3, wrapped = $4
         WHERE tenant_id = $1 AND version = $2 - 1 RETURNING ${COLUMNS}`,
        [tenantId, version, keyId, Buffer.from(wrapped)],
      );
      return rows.length === 1;
    },
    close: () => pool.end(),
  };
}
