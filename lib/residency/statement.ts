import { z } from "zod";
import { type CanonicalValue, canonicalJson } from "./canonical-json.ts";
import type { SigningKey } from "./signing-key.ts";

const STATEMENT_FORMAT = "switchyard-residency-statement/1";

const count = z.int().min(0);

/** One end that calls have gone to: a connection's host and port. */
const statedDestinationSchema = z.strictObject({
  host: z.string().describe("The host's name or address that was connected to."),
  port: count.describe("Its TCP port."),
  provider: z.string().describe("Id of the connection's provider; empty: the connection had not been saved."),
  connectionId: z.string().describe("Empty: a test or the discovery of a connection that had not been saved."),
  connectionName: z.string().nullable().describe("What people call it now; null: it is gone, or it never was."),
  regions: z.array(z.string()).describe("Where it runs, in its provider's own names; empty: not known."),
  attempts: count.describe("How many requests went to it in the period."),
  counts: z
    .array(
      z.strictObject({
        start: z.iso.datetime().describe("When the hour or day begins, in ISO 8601, UTC."),
        attempts: count.describe("How many requests went to it then."),
      }),
    )
    .describe("Only those with attempts."),
});

export const statementSchema = z.strictObject({
  format: z.literal(STATEMENT_FORMAT).describe("What this is, and in which version."),
  issuedAt: z.iso.datetime().describe("When it was made, in ISO 8601, UTC."),
  keyId: z.string().describe("Of the key that it is signed with."),
  tenant: z
    .strictObject({
      id: z.string().describe("Its id (UUID)."),
      slug: z.string().describe("Its slug, as in the paths of this API."),
      name: z.string().describe("What people call it."),
    })
    .describe("Whose calls it is about."),
  period: z
    .strictObject({
      from: z.iso.datetime().describe("When its first hour begins, in ISO 8601, UTC."),
      to: z.iso.datetime().describe("When its last hour has ended, in ISO 8601, UTC."),
      isFinal: z.boolean().describe("Whether it had been over for a quarter of an hour when this was made."),
    })
    .describe("From the one up to the other and without it. Final: nothing can be added any more."),
  interval: z.enum(["hour", "day"]).describe("How long one of `counts` is."),
  rules: z
    .array(
      z.strictObject({
        routeVersion: count.describe("Number of the route version."),
        since: z.iso.datetime().describe("When it was published, in ISO 8601, UTC."),
        mode: z.string().describe("Who ran the models: `platform-managed`, `bring-your-own` or `self-hosted`."),
        residency: z
          .strictObject({
            regions: z.array(z.string()).describe("Regions that calls could go to, in the providers' own names."),
            hosts: z.array(z.string()).describe("Hosts that calls could go to wherever they are."),
          })
          .nullable()
          .describe("Where calls could go; null: anywhere."),
      }),
    )
    .describe(
      "What was in force, in order; `since` of the first may lie before the period. Null: calls could go anywhere.",
    ),
  destinations: z.array(statedDestinationSchema).describe("Every end that requests went to, failed ones included."),
  totals: z
    .strictObject({
      destinations: count.describe("How many `destinations` there are."),
      attempts: count.describe("The sum of their `attempts`."),
    })
    .describe("Sums over `destinations`."),
});
export type Statement = z.infer<typeof statementSchema>;

export const signedStatementSchema = z
  .strictObject({
    statement: statementSchema.describe("What is signed: its canonical JSON (RFC 8785), in UTF-8."),
    signature: z
      .strictObject({
        algorithm: z.literal("Ed25519").describe("As in RFC 8032."),
        keyId: z.string().describe("Of the key that it is made with, as `GET /api/statement-key` names it."),
        value: z.string().describe("The signature's 64 bytes in base64."),
      })
      .describe("Who stands for it."),
  })
  .meta({
    id: "SignedStatement",
    description: "Where a tenant's calls went in a period, and what was allowed, in a form that anybody can check.",
  });
export type SignedStatement = z.infer<typeof signedStatementSchema>;

/** The statement with its signature over its canonical JSON; its fields in canonical order, so that it is sent like that. */
export function signStatement(key: SigningKey, unsigned: Omit<Statement, "format" | "keyId">): SignedStatement {
  const statement: Statement = { ...unsigned, format: STATEMENT_FORMAT, keyId: key.keyId };
  const value = key.sign(canonicalJson(statement as CanonicalValue));
  const signed: SignedStatement = { statement, signature: { algorithm: "Ed25519", keyId: key.keyId, value } };
  return JSON.parse(canonicalJson(signed as CanonicalValue)) as SignedStatement;
}
