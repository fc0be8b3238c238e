import { hash, verify } from "@node-rs/argon2";

/** Argon2id with the library's defaults (19 MiB, 2 passes), which are OWASP's. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** A made-up hash takes as long to refuse as a real one: nobody learns which addresses have an account. */
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c3dpdGNoeWFyZG5vYm9keQ$3cUPJqpLkBF1IWfNcWt7g5k1j1zsFvN1pMtmTgOWJzU";

export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? NOBODY, password).catch(() => false);
  return passwordHash !== null && isRight;
}
