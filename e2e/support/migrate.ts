import path from "node:path";
import { applyMigrations } from "#lib/db/migrations/apply.ts";

// A process of its own: the schema engine leaves a timer behind that would keep the test runner from ending for 10 s.
const [ownerUrl = "", appUrl = ""] = process.argv.slice(2);
await applyMigrations(ownerUrl, appUrl, path.resolve(import.meta.dirname, "../.."));
process.exit();
