import { ensureBuild, generateClient } from "./scripts/ensure-build.ts";

const isDev = process.argv.includes("--dev");
if (isDev) generateClient();
else ensureBuild();

// Only now: the server's modules import the database client that was just made.
const { main } = await import("#lib/composition/serve.ts");
await main(isDev);
