-- CreateTable
CREATE TABLE "tenant_data_key" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "tenant_data_key_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "connection" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "fields" JSONB NOT NULL,
    "regions" TEXT[],
    "models" JSONB NOT NULL DEFAULT '[]',
    "prices" JSONB,
    "secrets" BYTEA,
    "secret_hint" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "last_test" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "route_draft" (
    "tenant_id" UUID NOT NULL,
    "config" JSONB NOT NULL,
    "based_on" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "route_draft_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "destination_hourly" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "connection" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "regions" TEXT[],
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "destination_hourly_pkey" PRIMARY KEY ("tenant_id","hour","connection","host","port")
);

-- AddForeignKey
ALTER TABLE "tenant_data_key" ADD CONSTRAINT "tenant_data_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_draft" ADD CONSTRAINT "route_draft_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Row-level security, as for every table of a tenant.
ALTER TABLE "tenant_data_key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant_data_key" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "tenant_data_key" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
-- A new master key rewraps every tenant's: as the owner, since the app never sees more than one tenant.
CREATE POLICY "at_rotation" ON "tenant_data_key" TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE "connection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "connection" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "route_draft" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "route_draft" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "route_draft" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "destination_hourly" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "destination_hourly" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "destination_hourly" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());

GRANT SELECT, INSERT, UPDATE, DELETE ON "tenant_data_key", "connection", "route_draft" TO "switchyard_app";
GRANT SELECT, INSERT, UPDATE ON "destination_hourly" TO "switchyard_app";

-- A key that is rewrapped or destroyed and an account that changes are what instances keep in memory.
CREATE TRIGGER "announce" AFTER INSERT OR UPDATE OR DELETE ON "tenant_data_key" FOR EACH ROW EXECUTE FUNCTION "announce_config_change"();
CREATE TRIGGER "announce" AFTER INSERT OR DELETE OR UPDATE OF "provider", "priority", "is_enabled", "fields", "regions", "models", "prices", "secrets", "version"
  ON "connection" FOR EACH ROW EXECUTE FUNCTION "announce_config_change"();
