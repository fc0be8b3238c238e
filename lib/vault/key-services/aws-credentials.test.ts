import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findAwsCredentials } from "./aws-credentials.ts";
import type { Fetch } from "./post-json.ts";

const NEVER: Fetch = () => expect.fail("nothing was to be asked");

/** A container's agent whose credentials last an hour. */
function createAgent(now: () => number) {
  const asked: { url: string; authorization: string | null }[] = [];
  const fetch: Fetch = async (input, init) => {
    asked.push({ url: String(input), authorization: new Headers(init?.headers).get("authorization") });
    const Expiration = new Date(now() + 3_600_000).toISOString();
    return Response.json({ AccessKeyId: `ASIA${asked.length}`, SecretAccessKey: "s", Token: "t", Expiration });
  };
  return { asked, fetch };
}

test("the variables of AWS's own tools come first", async () => {
  const variables = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s", AWS_CONTAINER_CREDENTIALS_FULL_URI: "x" };
  expect(await findAwsCredentials(variables, NEVER)()).toEqual({ accessKeyId: "AKIA", secretAccessKey: "s" });
  const session = await findAwsCredentials({ ...variables, AWS_SESSION_TOKEN: "t" }, NEVER)();
  expect(session).toEqual({ accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" });
});

test("a container's role is asked once, and again shortly before its credentials end", async () => {
  let now = Date.UTC(2026, 0, 1);
  const { asked, fetch } = createAgent(() => now);
  const credentials = findAwsCredentials({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/role" }, fetch, () => now);
  expect(await credentials()).toEqual({ accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t" });
  now += 54 * 60_000;
  expect((await credentials()).accessKeyId).toBe("ASIA1");
  now += 2 * 60_000;
  expect((await credentials()).accessKeyId).toBe("ASIA2");
  expect(asked[0]).toEqual({ url: "http://169.254.170.2/v2/role", authorization: null });
});

test("a pod's identity is asked with its token as it is at that moment", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "switchyard-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "token");
  const url = "http://169.254.170.23/v1/credentials";
  let now = 0;
  const { asked, fetch } = createAgent(() => now);
  const variables = { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file };
  const credentials = findAwsCredentials(variables, fetch, () => now);
  await writeFile(file, "first\n");
  await credentials();
  await writeFile(file, "second\n");
  now += 3_600_000;
  await credentials();
  expect(asked).toEqual([
    { url, authorization: "first" },
    { url, authorization: "second" },
  ]);
});

test("no credentials at all is said at once", () => {
  expect(() => findAwsCredentials({}, NEVER)).toThrow("AWS_ACCESS_KEY_ID");
});
