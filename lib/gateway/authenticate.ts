import type { GatewayCall } from "./contract/call.ts";
import type { Principal } from "./contract/snapshot.ts";
import { GatewayError } from "./errors.ts";
import type { GatewayPorts } from "./ports.ts";

const WHERE = "Send it as `Authorization: Bearer sy_…` or `x-api-key: sy_…`.";

/** Who calls. Throws `invalid_api_key`, or `not_allowed` for a key that may not call functions at all. */
export async function authenticate(ports: GatewayPorts, call: GatewayCall): Promise<Principal> {
  const secret = presentedKey(call);
  if (secret === null) throw new GatewayError("invalid_api_key", `An API key is missing. ${WHERE}`);
  const principal = secret.startsWith("sy_") ? await ports.keys.find(secret) : null;
  if (principal === null) {
    throw new GatewayError("invalid_api_key", `This API key is not valid: unknown or revoked. ${WHERE}`);
  }
  if (principal.expiresAtMs !== null && principal.expiresAtMs <= ports.clock.now()) {
    const day = new Date(principal.expiresAtMs).toISOString();
    throw new GatewayError("invalid_api_key", `This API key expired at ${day}. Create another in the console.`);
  }
  if (!principal.scopes.includes("gateway:invoke")) {
    throw new GatewayError("not_allowed", "This API key lacks the scope gateway:invoke.");
  }
  return principal;
}

function presentedKey(call: GatewayCall): string | null {
  const bearer = call.header("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
  return bearer ?? call.header("x-api-key")?.trim() ?? null;
}
