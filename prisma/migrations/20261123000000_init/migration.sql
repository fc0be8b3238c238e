-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "scopes" TEXT[],
    "functions" TEXT[],
    "can_call_models" BOOLEAN NOT NULL DEFAULT false,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "route_version" (
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "config" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "published_by" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "route_version_pkey" PRIMARY KEY ("tenant_id","number")
);

-- CreateTable
CREATE TABLE "invocation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT NOT NULL,
    "api_key_id" UUID,
    "function_slug" TEXT,
    "mode" TEXT NOT NULL,
    "tier" TEXT,
    "route_version" INTEGER NOT NULL,
    "wire" TEXT NOT NULL,
    "is_stream" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "http_status" INTEGER NOT NULL,
    "failure_kind" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "is_simulated" BOOLEAN NOT NULL,
    "attempt_count" INTEGER NOT NULL,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cached_input_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "cost_nano_usd" BIGINT,
    "latency_ms" INTEGER NOT NULL,
    "first_token_ms" INTEGER,
    "overhead_us" INTEGER NOT NULL,
    "metadata" JSONB,

    CONSTRAINT "invocation_pkey" PRIMARY KEY ("tenant_id","id","created_at")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "attempt" (
    "tenant_id" UUID NOT NULL,
    "invocation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "number" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "is_simulated" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "failure_kind" TEXT,
    "http_status" INTEGER,
    "message" TEXT,
    "started_ms" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "first_token_ms" INTEGER,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cached_input_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "cost_nano_usd" BIGINT,
    "provider_request_id" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("tenant_id","invocation_id","created_at","number")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "usage_hourly" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "function_slug" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "is_simulated" BOOLEAN NOT NULL,
    "requests" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "unpriced" INTEGER NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cached_input_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "usage_hourly_pkey" PRIMARY KEY ("tenant_id","hour","function_slug","provider","model","is_simulated")
);

-- CreateTable
CREATE TABLE "latency_hourly" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "function_slug" TEXT NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "latency_hourly_pkey" PRIMARY KEY ("tenant_id","hour","function_slug","bucket")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_hash_key" ON "api_key"("secret_hash");

-- CreateIndex
CREATE INDEX "invocation_tenant_id_created_at_idx" ON "invocation"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_at_idx" ON "audit_event"("tenant_id", "at" DESC);

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_version" ADD CONSTRAINT "route_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the columns may hold.
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_slug_shape" CHECK ("slug" ~ '^[a-z0-9](-?[a-z0-9])*$' AND length("slug") <= 48);
ALTER TABLE "membership" ADD CONSTRAINT "membership_role" CHECK ("role" IN ('owner', 'admin', 'developer', 'finance', 'viewer'));
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_lower" CHECK ("email" = lower("email"));
ALTER TABLE "invocation" ADD CONSTRAINT "invocation_status" CHECK ("status" IN ('succeeded', 'failed', 'aborted'));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_status" CHECK ("status" IN ('succeeded', 'failed', 'aborted'));

-- Months of the ledger. The default partition holds whatever no month was made for: nothing is ever refused.
CREATE TABLE "invocation_default" PARTITION OF "invocation" DEFAULT;
CREATE TABLE "attempt_default" PARTITION OF "attempt" DEFAULT;

CREATE FUNCTION "ensure_ledger_months"("ahead" integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "month" timestamptz := date_trunc('month', now(), 'UTC');
  "parent" text;
  "child" text;
BEGIN
  FOR i IN 0..least(greatest("ahead", 0), 24) LOOP
    FOREACH "parent" IN ARRAY ARRAY['invocation', 'attempt'] LOOP
      "child" := "parent" || to_char("month" AT TIME ZONE 'UTC', '_YYYY_MM');
      IF to_regclass('public.' || quote_ident("child")) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
          "child", "parent", "month", date_add("month", '1 month', 'UTC'));
      END IF;
    END LOOP;
    "month" := date_add("month", '1 month', 'UTC');
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION "ensure_ledger_months"(integer) FROM PUBLIC;
SELECT "ensure_ledger_months"(3);

-- Row-level security. The app's role sees the rows of the tenant that its transaction names, and nothing otherwise.
-- Three settings open one row more each, for the lookups that come before a tenant is known:
-- the signed-in user, an e-mail address at sign-in, the hash of a presented key.
CREATE FUNCTION "current_tenant_id"() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;
CREATE FUNCTION "current_user_id"() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.user_id', true), '')::uuid;

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "tenant" USING ("id" = "current_tenant_id"()) WITH CHECK ("id" = "current_tenant_id"());
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "membership" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_key" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "api_key" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "route_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "route_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "route_version" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "invocation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "invocation" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "invocation" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "attempt" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "attempt" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "attempt" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "usage_hourly" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "usage_hourly" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "usage_hourly" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "latency_hourly" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "latency_hourly" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "latency_hourly" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_event" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "audit_event" USING ("tenant_id" = "current_tenant_id"()) WITH CHECK ("tenant_id" = "current_tenant_id"());
ALTER TABLE "app_user" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "app_user" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_row" ON "app_user" USING ("id" = "current_user_id"()) WITH CHECK ("id" = "current_user_id"());
CREATE POLICY "at_sign_in" ON "app_user" FOR SELECT USING ("email" = nullif(current_setting('app.user_email', true), ''));
CREATE POLICY "of_tenant" ON "app_user" FOR SELECT USING (
  EXISTS (SELECT 1 FROM "membership" m WHERE m."user_id" = "app_user"."id" AND m."tenant_id" = "current_tenant_id"()));
CREATE POLICY "own_memberships" ON "membership" FOR SELECT USING ("user_id" = "current_user_id"());
CREATE POLICY "own_tenants" ON "tenant" FOR SELECT USING (
  EXISTS (SELECT 1 FROM "membership" m WHERE m."tenant_id" = "tenant"."id" AND m."user_id" = "current_user_id"()));
CREATE POLICY "presented_key" ON "api_key" FOR SELECT USING (
  "secret_hash" = decode(nullif(current_setting('app.key_hash', true), ''), 'hex'));

-- The app's role: what it may do, table by table. Published routes, the ledger and the audit are only ever added to.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'switchyard_app') THEN
    CREATE ROLE "switchyard_app" NOLOGIN;
  END IF;
END $$;
GRANT USAGE ON SCHEMA "public" TO "switchyard_app";
GRANT SELECT, INSERT, UPDATE ON "app_user", "tenant", "api_key", "usage_hourly", "latency_hourly" TO "switchyard_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "membership" TO "switchyard_app";
GRANT SELECT, INSERT ON "route_version", "invocation", "attempt", "audit_event" TO "switchyard_app";
GRANT EXECUTE ON FUNCTION "ensure_ledger_months"(integer) TO "switchyard_app";

-- Every instance hears of a change to what it keeps in memory.
CREATE FUNCTION "announce_config_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('switchyard_config', coalesce(NEW."tenant_id", OLD."tenant_id")::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "announce" AFTER INSERT OR DELETE OR UPDATE OF "revoked_at", "expires_at", "scopes", "functions", "can_call_models"
  ON "api_key" FOR EACH ROW EXECUTE FUNCTION "announce_config_change"();
CREATE TRIGGER "announce" AFTER INSERT ON "route_version" FOR EACH ROW EXECUTE FUNCTION "announce_config_change"();
