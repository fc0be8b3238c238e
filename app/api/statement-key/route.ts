import { getComposition } from "#lib/composition/get-composition.ts";

export const dynamic = "force-dynamic";

/** The public half of the key that this instance signs statements with. Everybody may have it: that is its use. */
export async function GET(): Promise<Response> {
  const { keyId, publicKey } = (await getComposition()).signingKey;
  return Response.json({ keyId, algorithm: "Ed25519", publicKey });
}
