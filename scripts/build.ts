import { ensureBuild } from "./ensure-build.ts";
import { readFlags } from "./read-flags.ts";

readFlags(
  "npm run build\n\nMakes the database client and the production build, where they are missing or older than the sources.",
);
await ensureBuild();
