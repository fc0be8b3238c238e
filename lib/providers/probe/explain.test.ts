import { expect, test } from "vitest";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { explainFailure } from "./explain.ts";

test("a server's words are shown without what turns text around or hides in it", () => {
  const message = "No\u202ekey\u200b\u2028here\u0007";
  const failure: ProviderFailure = {
    kind: "provider-auth",
    httpStatus: 401,
    message,
    code: null,
    param: null,
    retryAfterMs: null,
  };
  expect(explainFailure(failure, (text) => text)).toMatch(/ It says: “No key here”$/);
});
