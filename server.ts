import { enableCompileCache } from "node:module";
import path from "node:path";

// What was compiled at an earlier start is not compiled again, which is a ninth of a start's time. Beside the build:
// code that is read back from a folder that everybody may write to, as the usual one, could be anybody's.
enableCompileCache(path.join(import.meta.dirname, ".next/cache/compiled"));
await import("./scripts/start-server.ts");
