import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

test("a password is right against its own hash alone", async () => {
  const hash = await hashPassword("correct horse");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, "correct horse")).toBe(true);
  expect(await verifyPassword(hash, "Correct horse")).toBe(false);
  expect(await verifyPassword(hash, "")).toBe(false);
});

test("the same password hashes differently each time", async () => {
  expect(await hashPassword("x")).not.toBe(await hashPassword("x"));
});

test.each([null, "", "not a hash", "$argon2id$v=19$m=1,t=1,p=1$x$y"])("nothing is right against %j", async (hash) => {
  expect(await verifyPassword(hash, "anything")).toBe(false);
});

test("refusing an address that nobody has costs a real hash, which is never done in two milliseconds", async () => {
  const startedAt = performance.now();
  await verifyPassword(null, "anything");
  expect(performance.now() - startedAt).toBeGreaterThan(2);
});
