import { verify } from "node:crypto";
import { type CanonicalValue, canonicalJson, compactJson } from "./canonical-json.ts";
import { keyIdOf, toPublicKey } from "./signing-key.ts";
import { type Statement, signedStatementSchema } from "./statement.ts";

export type Verification = { isValid: true; statement: Statement } | { isValid: false; reason: string };

/**
 * Whether a file is a statement as it was issued, by the holder of this public key (32 bytes). White space between its
 * parts may differ; nothing else may, so that what a person reads is what was signed.
 */
export function verifyStatement(text: string, publicKey: Buffer): Verification {
  const document = parse(text);
  if (document === undefined) return invalid("It is not JSON: it may have been cut off.");
  const parsed = signedStatementSchema.safeParse(document);
  if (!parsed.success) return invalid(`It is not a statement of this format (${firstProblem(parsed.error)}).`);
  const { statement, signature } = parsed.data;
  // Fields given twice, added or moved, and other ways to write a value.
  if (compactJson(text) !== canonicalJson(parsed.data as CanonicalValue)) {
    return invalid("It is not written as it was issued.");
  }
  const keyId = keyIdOf(publicKey);
  if (signature.keyId !== keyId || statement.keyId !== keyId) {
    return invalid(`It says that it is signed with the key ${signature.keyId}; the key that was given is ${keyId}.`);
  }
  const value = Buffer.from(signature.value, "base64");
  const isSigned =
    // The last character has bits that mean nothing.
    value.toString("base64") === signature.value &&
    verify(null, Buffer.from(canonicalJson(statement as CanonicalValue)), toPublicKey(publicKey), value);
  return isSigned ? { isValid: true, statement } : invalid("The signature is not that of this statement.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstProblem({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const [issue] = issues;
  return `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim();
}

function invalid(reason: string): Verification {
  return { isValid: false, reason };
}
