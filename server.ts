import { enableCompileCache } from "node:module";
import path from "node:path";
import { setFlagsFromString } from "node:v8";

// V8 may take what outlives a few collections in the first busy moments for long-lived. From then on it makes every call's
// objects among those that are rarely collected, which costs a fifth of all calls a second until the process ends.
setFlagsFromString("--no-allocation-site-pretenuring");

// What was compiled at an earlier start is not compiled again, which is a ninth of a start's time. Beside the build:
// code that is read back from a folder that everybody may write to, as the usual one, could be anybody's.
enableCompileCache(path.join(import.meta.dirname, ".next/cache/compiled"));
await import("./scripts/start-server.ts");
