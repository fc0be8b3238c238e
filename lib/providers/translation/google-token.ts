import { createSign } from "node:crypto";
import { z } from "zod";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { mapErrorObject, mapErrorResponse, mapTransportError } from "../map-failure.ts";
import type { Transport } from "../transport.ts";
import { FailedCall } from "./failed-call.ts";

const keySchema = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().nullish(),
  token_uri: z.url().default("https://oauth2.googleapis.com/token"),
});

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
/** A token is not used in its last minutes: a long call may outlive them. */
const SPARE_MS = 300_000;

export interface GoogleTokens {
  /** A service account's access token, made at most once an hour. Throws `FailedCall`. */
  get(serviceAccountJson: string, signal: AbortSignal): Promise<string>;
}

/** By RFC 7523, over our own transport: Google's own library would go past it. */
export function createGoogleTokens(transport: Transport, now: () => number): GoogleTokens {
  let current: { token: string; untilMs: number } | null = null;
  return {
    async get(serviceAccountJson, signal) {
      if (current !== null && now() < current.untilMs) return current.token;
      const { access_token, expires_in } = await requestToken(transport, serviceAccountJson, now(), signal);
      current = { token: access_token, untilMs: now() + expires_in * 1000 - SPARE_MS };
      return current.token;
    },
  };
}

async function requestToken(transport: Transport, json: string, nowMs: number, signal: AbortSignal) {
  const key = readKey(json);
  const form = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: signAssertion(key, Math.floor(nowMs / 1000)),
  });
  const headers = { "content-type": "application/x-www-form-urlencoded", "user-agent": "switchyard" };
  try {
    const request = { url: key.token_uri, headers, body: form.toString(), isStream: false, signal };
    const response = await transport.post(request);
    const text = new TextDecoder().decode(await response.readBody());
    const token = response.status === 200 ? tokenSchema.safeParse(parseJson(text)) : null;
    if (token?.success) return token.data;
    const failure = mapErrorResponse(response.status, text, response.header);
    // A key that was deleted or belongs elsewhere is refused with a 400.
    const isKeyAtFault = response.status < 429;
    throw new FailedCall({
      ...failure,
      ...(isKeyAtFault && refused("Google gives no token for the service account.")),
    });
  } catch (error) {
    throw error instanceof FailedCall ? error : new FailedCall(mapTransportError(error, signal));
  }
}

function readKey(json: string): z.infer<typeof keySchema> {
  const key = keySchema.safeParse(parseJson(json));
  if (key.success) return key.data;
  throw new FailedCall({
    ...mapErrorObject(null),
    ...refused("The service account key cannot be read."),
    httpStatus: null,
  });
}

function refused(message: string): Pick<ProviderFailure, "kind" | "message"> {
  return { kind: "provider-auth", message };
}

function signAssertion(key: z.infer<typeof keySchema>, issuedAt: number): string {
  const header = { alg: "RS256", typ: "JWT", ...(key.private_key_id && { kid: key.private_key_id }) };
  const claims = { iss: key.client_email, scope: SCOPE, aud: key.token_uri, iat: issuedAt, exp: issuedAt + 3600 };
  const unsigned = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  try {
    return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(key.private_key, "base64url")}`;
  } catch {
    throw new FailedCall({
      ...mapErrorObject(null),
      ...refused("The service account's private key cannot be read."),
      httpStatus: null,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
