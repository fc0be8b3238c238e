-- CreateTable
CREATE TABLE "rejection_hourly" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "function_slug" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "rejection_hourly_pkey" PRIMARY KEY ("tenant_id","hour","function_slug","provider","model","reason")
);

-- Row-level security, as for every table of a tenant.
ALTER TABLE "rejection_hourly" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rejection_hourly" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "rejection_hourly" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());

GRANT SELECT, INSERT, UPDATE ON "rejection_hourly" TO "switchyard_app";
