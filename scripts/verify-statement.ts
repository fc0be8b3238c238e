import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readPublicKey } from "#lib/residency/read-public-key.ts";
import type { Statement } from "#lib/residency/statement.ts";
import { verifyStatement } from "#lib/residency/verify-statement.ts";

/**
 * `npm run statement:verify -- FILE --key PUBLICKEY`: whether a residency statement is as it was issued. Needs neither a
 * server nor a network. The key is the text or a file of what `GET /api/statement-key` answers. Ends with 1 if it is not.
 */
const USAGE = "Usage: npm run statement:verify -- FILE --key PUBLICKEY";
const HELP = `Says whether a residency statement is as it was issued, without a server or a network.
FILE is the statement as it was downloaded. PUBLICKEY is what GET /api/statement-key answers, as text or as a file.
It ends with 0 when the statement is valid and with 1 when it is not.`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(`${USAGE}\n\n${HELP}`);
    process.exit(0);
  }
  const [file, ...rest] = positionals;
  if (file === undefined || values.key === undefined || rest.length > 0) fail(USAGE);
  const publicKey = readPublicKey(existsSync(values.key) ? readFileSync(values.key, "utf8") : values.key);
  if (publicKey === null)
    fail("--key must be an Ed25519 public key: 32 bytes in base64, a PEM file, or a file of /api/statement-key.");
  const verified = verifyStatement(readFileSync(file, "utf8"), publicKey);
  if (!verified.isValid) fail(`NOT VALID: ${verified.reason}`, 1);
  console.log(summarize(verified.statement));
} catch (error) {
  fail(`${(error as Error).message}\n${USAGE}`);
}

function summarize({ tenant, period, destinations, totals, keyId, issuedAt }: Statement): string {
  const final = period.isFinal ? "" : " (not final: the period had not ended)";
  const lines = destinations.map(
    ({ host, port, regions, attempts }) => `  ${host}:${port}  ${regions.join(", ") || "region unknown"}  ${attempts}`,
  );
  return [
    `VALID: signed with the key ${keyId} on ${issuedAt}.`,
    `Tenant ${tenant.name} (${tenant.slug}), ${period.from} to ${period.to}${final}:`,
    `${totals.attempts} attempts at ${totals.destinations} destinations.`,
    ...lines,
  ].join("\n");
}

function fail(message: string, exitCode = 2): never {
  console.error(message);
  process.exit(exitCode);
}
