import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Opened, openTestDatabase } from "#e2e/isolation/support/tenants.ts";
import { createUser } from "#lib/services/tenants/create.ts";
import { createAuthOptions } from "./options.ts";
import { hashPassword } from "./password.ts";
import { createSignInThrottle } from "./sign-in-throttle.ts";

// Only Next's own bundle can load it: what we hand to it is what is tested.
vi.mock("next-auth/providers/credentials", () => ({ default: (options: object) => options }));

let opened: Opened;
let userId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  const passwordHash = await hashPassword("correct horse");
  userId = (await createUser(opened.database, { email: "ann@example.com", name: "Ann", passwordHash })).id;
});
afterAll(() => opened.close());

interface Password {
  authorize(credentials: unknown, request: { headers: Record<string, string> }): Promise<unknown>;
}

function signIn() {
  const options = createAuthOptions({
    database: opened.database,
    secret: "s",
    throttle: createSignInThrottle(),
    log: { error: () => {} },
  });
  const [provider] = options.providers as unknown as Password[];
  return (email: unknown, password: unknown, address = "192.0.2.1") =>
    (provider as Password).authorize({ email, password }, { headers: { "x-forwarded-for": address } });
}

const ANN = { email: "ann@example.com", name: "Ann" };

test.each(["ann@example.com", " Ann@Example.COM "])("%j and the right password is Ann", async (email) => {
  expect(await signIn()(email, "correct horse")).toEqual({ ...ANN, id: userId });
});

describe("nobody is signed in, and nothing is said of why", () => {
  test.each<[string, unknown, unknown]>([
    ["a wrong password", "ann@example.com", "wrong"],
    ["no password", "ann@example.com", ""],
    ["a password longer than any", "ann@example.com", "x".repeat(1025)],
    ["an address that nobody has", "bob@example.com", "correct horse"],
    ["no address", "", "correct horse"],
    ["an address that cannot be stored", "ann@example.com\0", "correct horse"],
    ["half a character", "\ud83d@example.com", "correct horse"],
    ["things that are no text", { $ne: "" }, ["correct horse"]],
  ])("%s", async (_, email, password) => {
    expect(await signIn()(email, password)).toBeNull();
  });
});

test("ten wrong passwords close the account to who tried them, even with the right one, and to nobody else", async () => {
  const attempt = signIn();
  for (let time = 0; time < 10; time += 1) expect(await attempt("ann@example.com", "wrong")).toBeNull();
  await expect(attempt("ann@example.com", "correct horse")).rejects.toThrow("TooManyAttempts");
  expect(await attempt("ann@example.com", "correct horse", "198.51.100.1")).toEqual({ ...ANN, id: userId });
});

test("of guesses that come all at once no more than ten are looked at", async () => {
  const attempt = signIn();
  const guesses = Array.from({ length: 40 }, () => attempt("ann@example.com", "wrong").catch(String));
  const answers = await Promise.all(guesses);
  expect(answers.filter((answer) => answer === null)).toHaveLength(10);
  expect(answers.filter((answer) => answer === "Error: TooManyAttempts")).toHaveLength(30);
});

test("a right password in between begins the count anew", async () => {
  const attempt = signIn();
  for (let time = 0; time < 9; time += 1) await attempt("ann@example.com", "wrong");
  expect(await attempt("ann@example.com", "correct horse")).not.toBeNull();
  expect(await attempt("ann@example.com", "wrong")).toBeNull();
});
