-- Null: written before these were known.
ALTER TABLE "invocation" ADD COLUMN "delivery" TEXT, ADD COLUMN "is_usage_estimated" BOOLEAN;
ALTER TABLE "attempt" ADD COLUMN "is_usage_estimated" BOOLEAN;
