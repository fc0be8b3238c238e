import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Fetch } from "./post-json.ts";

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

const containerSchema = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  Token: z.string(),
  Expiration: z.iso.datetime({ offset: true }),
});

/** The address of the agent on every ECS host. */
const ECS_AGENT = "http://169.254.170.2";
/** How long before their end credentials are renewed. */
const SPARE_MS = 300_000;
const TIMEOUT_MS = 2_000;

/**
 * The credentials that AWS's own tools would use: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, else those of the
 * container's role (ECS, EKS Pod Identity), kept until shortly before they end. Throws when there are none.
 */
export function findAwsCredentials(variables: Variables, fetch: Fetch, now = Date.now): () => Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  const { AWS_SESSION_TOKEN: sessionToken } = variables;
  if (accessKeyId && secretAccessKey) {
    return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
  }
  const url = containerUrl(variables);
  if (url === null)
    throw new Error("AWS KMS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a container's role.");
  let current: { credentials: AwsCredentials; untilMs: number } | null = null;
  return async () => {
    if (current === null || now() >= current.untilMs) current = await readContainerRole(url, variables, fetch);
    return current.credentials;
  };
}

function containerUrl(variables: Variables): string | null {
  const path = variables.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  return path ? `${ECS_AGENT}${path}` : variables.AWS_CONTAINER_CREDENTIALS_FULL_URI || null;
}

async function readContainerRole(url: string, variables: Variables, fetch: Fetch) {
  const file = variables.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const token = file ? (await readFile(file, "utf8")).trim() : variables.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  const headers: Record<string, string> = token ? { authorization: token } : {};
  const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = containerSchema.parse(await response.json());
  return {
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token },
    untilMs: Date.parse(Expiration) - SPARE_MS,
  };
}
