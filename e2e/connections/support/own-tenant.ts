import { afterAll, beforeAll, beforeEach } from "vitest";
import {
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { withTenant } from "#lib/db/client.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { findOwn } from "#lib/services/connections/find-own.ts";
import type { CreateConnectionInput } from "#lib/services/connections/schemas.ts";
import { openSecrets } from "#lib/services/connections/seal-secrets.ts";
import type { ServiceContext } from "#lib/services/context.ts";
import type { RouteConfig } from "#lib/services/route-versions/config.ts";

export const KEY = "sk-of-a-tenant-and-nobody-else-0042";
export const OPENAI: CreateConnectionInput = { provider: "openai", name: "Ours", fields: { apiKey: KEY } };

/** For tests of the use cases: a database a file, and in it a tenant a test. */
export class OwnTenant {
  opened!: Opened;
  tenant!: TestTenant;
  context!: ServiceContext & { changes: string[] };
  #count = 0;

  constructor() {
    beforeAll(async () => {
      this.opened = await openTestDatabase();
    });
    beforeEach(async () => {
      this.tenant = await this.another("tenant");
      this.context = contextOf(this.opened.database, this.tenant);
    });
    afterAll(() => this.opened.close());
  }

  another(name: string): Promise<TestTenant> {
    this.#count += 1;
    return makeTenant(this.opened.database, `${name}-${this.#count}`);
  }

  create(part: Partial<CreateConnectionInput> = {}) {
    return createConnection(this.context, { ...OPENAI, ...part });
  }

  row(id: string) {
    const { tenantId } = this.tenant;
    return withTenant(this.opened.database, tenantId, (tx) => findOwn(tx, tenantId, id));
  }

  async secret(id: string) {
    return (await openSecrets(this.context.connections.vault, await this.row(id))).secret;
  }

  async audits() {
    const { tenantId } = this.tenant;
    const sql = "SELECT * FROM audit_event WHERE tenant_id = $1 ORDER BY id";
    return (await this.opened.owner.query(sql, [tenantId])).rows;
  }

  async publish(config: Partial<RouteConfig>, { tenantId } = this.tenant) {
    const whole = JSON.stringify({ mode: "bring-your-own", tier: "balanced", ...config });
    await this.opened.owner.query("INSERT INTO route_version VALUES ($1, 2, $2, '', 'Ann')", [tenantId, whole]);
  }

  /** The same with an operator who lets tenants reach a private network. */
  privateAllowed() {
    const egressAllow = { hosts: [], networks: ["10.0.0.0/8"] };
    return { ...this.context, connections: { ...this.context.connections, egressAllow } };
  }
}
