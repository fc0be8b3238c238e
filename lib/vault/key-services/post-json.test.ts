import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { serveJson } from "./fakes/serve-json.ts";
import { postJson, withoutKeys } from "./post-json.ts";

const headers = async () => ({});

test.each([500, 503, 429])("a %d is tried again, three times in all, and is the answer in the end", async (status) => {
  let asked = 0;
  const url = await serveJson(() => {
    asked += 1;
    return [status, { asked }];
  });
  expect(await postJson(fetch, { url, body: "{}", headers })).toEqual({ status, body: { asked: 3 } });
});

test.each([200, 400, 403, 404])("a %d is the answer at once", async (status) => {
  let asked = 0;
  const url = await serveJson(() => {
    asked += 1;
    return [status, {}];
  });
  await postJson(fetch, { url, body: "{}", headers });
  expect(asked).toBe(1);
});

test("a service that accepts and says nothing is left at the deadline", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number };
  const request = { url: `http://127.0.0.1:${port}`, body: "{}", headers };
  expect(await postJson(fetch, request, 200)).toBe("no answer in time");
});

test("credentials that never come are left at the deadline", async () => {
  const request = { url: "http://127.0.0.1:2", body: "{}", headers: () => new Promise<never>(() => {}) };
  expect(await postJson(fetch, request, 200)).toBe("its credentials cannot be had");
});

test("a service's words are kept short and without anything that could be a key", () => {
  expect(withoutKeys("1 error occurred:\n\t* permission denied\n\n")).toBe("1 error occurred: * permission denied");
  expect(withoutKeys(`bad ${"A1b2".repeat(11)}= here`)).toBe("bad … here");
  expect(withoutKeys("long ".repeat(100))).toHaveLength(200);
});
