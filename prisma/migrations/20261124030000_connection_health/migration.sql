-- CreateTable
CREATE TABLE "connection_health" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "next_check_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "is_up" BOOLEAN,
    "since" TIMESTAMPTZ(3),
    "latency_ms" INTEGER,
    "models" JSONB,
    "failed_at" TIMESTAMPTZ(3),
    "failure_kind" TEXT,
    "problem" TEXT,

    CONSTRAINT "connection_health_pkey" PRIMARY KEY ("tenant_id","connection_id")
);

-- CreateTable
CREATE TABLE "connection_health_quarter" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "checks" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "latency_ms_sum" INTEGER NOT NULL,
    "failure_kind" TEXT,

    CONSTRAINT "connection_health_quarter_pkey" PRIMARY KEY ("tenant_id","connection_id","start")
);

-- CreateTable
CREATE TABLE "connection_hourly" (
    "tenant_id" UUID NOT NULL,
    "connection" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_success_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_hourly_pkey" PRIMARY KEY ("tenant_id","connection","hour")
);

-- CreateIndex
CREATE INDEX "connection_health_next_check_at_idx" ON "connection_health"("next_check_at");

-- AddForeignKey
ALTER TABLE "connection_health" ADD CONSTRAINT "connection_health_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connection"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_health_quarter" ADD CONSTRAINT "connection_health_quarter_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connection"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is there already: servers of tenants' own are checked from now on, and what the ledger knows of each connection
-- is counted. Row-level security binds the owner too, so it is lifted for the two statements that read every tenant.
ALTER TABLE "connection" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "connection_health" ("tenant_id", "connection_id", "next_check_at")
SELECT "tenant_id", "id", now() FROM "connection"
WHERE "provider" IN ('ollama', 'vllm', 'litellm', 'llama-cpp', 'lm-studio', 'openai-compatible');
ALTER TABLE "connection" FORCE ROW LEVEL SECURITY;
ALTER TABLE "attempt" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "connection_hourly" ("tenant_id", "connection", "hour", "attempts", "failures", "last_success_at")
SELECT "tenant_id", "connection", date_trunc('hour', "created_at", 'UTC') AS "h", count(*),
  count(*) FILTER (WHERE "status" = 'failed'), max("created_at") FILTER (WHERE "status" = 'succeeded')
FROM "attempt" GROUP BY "tenant_id", "connection", "h";
ALTER TABLE "attempt" FORCE ROW LEVEL SECURITY;

-- Row-level security, as for every table of a tenant.
ALTER TABLE "connection_health" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_health" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "connection_health" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
-- For the function below, which runs as the owner.
CREATE POLICY "at_claim" ON "connection_health" TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE "connection_health_quarter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_health_quarter" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "connection_health_quarter" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "connection_hourly" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_hourly" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "connection_hourly" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());

GRANT SELECT, INSERT, UPDATE, DELETE ON "connection_health", "connection_health_quarter" TO "switchyard_app";
GRANT SELECT, INSERT, UPDATE ON "connection_hourly" TO "switchyard_app";

-- Which servers are due, whoever's they are: the one question across tenants that the app may ask. It answers ids and
-- nothing else, one a tenant, and takes them off the list until about `every_ms` later: no other instance gets them.
CREATE FUNCTION "claim_connection_checks"("at" timestamptz, "every_ms" integer, "most" integer, "busy" uuid[])
RETURNS TABLE ("tenant" uuid, "connection" uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH "due" AS (
    SELECT h."tenant_id", h."connection_id" FROM public."connection_health" h
    WHERE h."next_check_at" <= "at" AND h."tenant_id" <> ALL ("busy")
      AND NOT EXISTS (
        SELECT 1 FROM public."connection_health" earlier
        WHERE earlier."tenant_id" = h."tenant_id"
          AND (earlier."next_check_at", earlier."connection_id") < (h."next_check_at", h."connection_id"))
    ORDER BY h."next_check_at"
    LIMIT least(greatest("most", 0), 100)
    FOR UPDATE SKIP LOCKED
  )
  UPDATE public."connection_health" h
  -- A tenth earlier or later, so that what was due together spreads.
  SET "next_check_at" = "at" + greatest("every_ms", 1000) * (0.9 + 0.2 * random()) * interval '1 millisecond'
  FROM "due" WHERE h."tenant_id" = "due"."tenant_id" AND h."connection_id" = "due"."connection_id"
  RETURNING h."tenant_id", h."connection_id"
$$;
REVOKE ALL ON FUNCTION "claim_connection_checks"(timestamptz, integer, integer, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "claim_connection_checks"(timestamptz, integer, integer, uuid[]) TO "switchyard_app";
