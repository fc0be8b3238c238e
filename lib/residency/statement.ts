import { z } from "zod";
import { type CanonicalValue, canonicalJson } from "./canonical-json.ts";
import type { SigningKey } from "./signing-key.ts";

const STATEMENT_FORMAT = "switchyard-residency-statement/1";

const count = z.int().min(0);

/** One end that calls have gone to: a connection's host and port. */
const statedDestinationSchema = z.strictObject({
  host: z.string(),
  port: count,
  provider: z.string(),
  connectionId: z.string().describe("Empty: a test or the discovery of a connection that had not been saved."),
  connectionName: z.string().nullable().describe("What people call it now; null: it is gone, or it never was."),
  regions: z.array(z.string()).describe("Where it runs, in its provider's own names; empty: not known."),
  attempts: count,
  counts: z.array(z.strictObject({ start: z.iso.datetime(), attempts: count })).describe("Only those with attempts."),
});

export const statementSchema = z.strictObject({
  format: z.literal(STATEMENT_FORMAT),
  issuedAt: z.iso.datetime(),
  keyId: z.string().describe("Of the key that it is signed with."),
  tenant: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
  period: z
    .strictObject({ from: z.iso.datetime(), to: z.iso.datetime(), isFinal: z.boolean() })
    .describe("From the one up to the other and without it. Final: nothing can be added any more."),
  interval: z.enum(["hour", "day"]).describe("How long one of `counts` is."),
  rules: z
    .array(
      z.strictObject({
        routeVersion: count,
        since: z.iso.datetime(),
        mode: z.string(),
        residency: z.strictObject({ regions: z.array(z.string()), hosts: z.array(z.string()) }).nullable(),
      }),
    )
    .describe(
      "What was in force, in order; `since` of the first may lie before the period. Null: calls could go anywhere.",
    ),
  destinations: z.array(statedDestinationSchema),
  totals: z.strictObject({ destinations: count, attempts: count }),
});
export type Statement = z.infer<typeof statementSchema>;

export const signedStatementSchema = z
  .strictObject({
    statement: statementSchema,
    signature: z.strictObject({ algorithm: z.literal("Ed25519"), keyId: z.string(), value: z.string() }),
  })
  .meta({ id: "SignedStatement" });
export type SignedStatement = z.infer<typeof signedStatementSchema>;

/** The statement with its signature over its canonical JSON; its fields in canonical order, so that it is sent like that. */
export function signStatement(key: SigningKey, unsigned: Omit<Statement, "format" | "keyId">): SignedStatement {
  const statement: Statement = { ...unsigned, format: STATEMENT_FORMAT, keyId: key.keyId };
  const value = key.sign(canonicalJson(statement as CanonicalValue));
  const signed: SignedStatement = { statement, signature: { algorithm: "Ed25519", keyId: key.keyId, value } };
  return JSON.parse(canonicalJson(signed as CanonicalValue)) as SignedStatement;
}
