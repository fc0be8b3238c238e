import type { EmbeddedPostgres } from "#lib/db/embedded/start.ts";
import type { Environment } from "#lib/env/read-env.ts";
import type { Demo } from "./demo.ts";

interface Started {
  environment: Environment;
  postgres: EmbeddedPostgres | null;
  demo: Demo | null;
  port: number;
}

/** Says on the terminal what a newcomer needs next; the last lines are the first call. */
export function announce({ environment, postgres, demo, port }: Started): void {
  const address = `http://localhost:${port}`;
  const lines = [...warnings(environment), ...whereTheDataIs(environment, postgres), ...whereTracesGo(environment)];
  lines.push("", `Console:  ${environment.publicUrl}`);
  if (demo !== null) {
    lines.push(
      `Sign in:  ${demo.email} / ${demo.password}`,
      `API key:  ${demo.apiKey}`,
      "",
      "First call:",
      firstCall(address, demo),
    );
  }
  console.log(lines.join("\n"));
}

function warnings({ databaseUrl, masterKeys, keyService, platformAccounts, unused }: Environment): string[] {
  const lines: string[] = [];
  const isKeyMade = masterKeys === null && keyService === null;
  if (isKeyMade) {
    lines.push(
      "Warning: SWITCHYARD_MASTER_KEYS is unset; a master key was made in the data folder. Back it up with the data.",
    );
  }
  if (databaseUrl !== null && isKeyMade) {
    lines.push(
      "Warning: another instance on the same database needs the same SWITCHYARD_MASTER_KEYS and NEXTAUTH_SECRET.",
    );
  }
  if (platformAccounts.length === 0) {
    lines.push(
      "Note: no provider is connected, so answers are simulated. Set PLATFORM_OPENAI_API_KEY (or another provider's).",
    );
  }
  for (const name of unused) lines.push(`Note: ${name} is set, but this version does not use it yet.`);
  return lines;
}

function whereTheDataIs({ dataDir }: Environment, postgres: EmbeddedPostgres | null): string[] {
  if (postgres === null) return [];
  if (postgres.movedFrom === null) return [`Data:     ${dataDir}`];
  return [
    `Data:     ${dataDir}`,
    `Database: ${postgres.folder} (PostgreSQL runs as a system account that cannot reach ${postgres.movedFrom})`,
  ];
}

/** The address may hold a secret: its host is enough. */
function whereTracesGo({ tracing }: Environment): string[] {
  return tracing === null ? [] : [`Traces:   ${new URL(tracing.url).origin}`];
}

function firstCall(address: string, { apiKey }: Demo): string {
  const body = {
    model: "email-classification",
    messages: [{ role: "user", content: "Hi, our invoice of March is wrong. Can you check?" }],
  };
  return `curl -s ${address}/v1/chat/completions -H "authorization: Bearer ${apiKey}" -H "content-type: application/json" -d '${JSON.stringify(body)}'`;
}
