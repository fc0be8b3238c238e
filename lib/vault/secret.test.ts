import { format, inspect } from "node:util";
import { pino } from "pino";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

const PLAIN = "sk-proj-nobody-may-see-this";
const secret = new Secret(PLAIN);

test("reveal is the plain text", () => {
  expect(secret.reveal()).toBe(PLAIN);
});

test.each<[string, () => string]>([
  ["JSON", () => JSON.stringify({ secret })],
  ["a template", () => `${secret}`],
  ["a sum of strings", () => String(secret).concat("")],
  ["an inspector", () => inspect({ secret }, { depth: 9, showHidden: true, getters: true, customInspect: true })],
  ["an inspector that ignores what objects say of themselves", () => inspect(secret, { customInspect: false })],
  ["console's format", () => format("%s %o %j", secret, secret, secret)],
  ["an error's cause", () => inspect(new Error("it failed", { cause: secret }))],
  ["a structured clone", () => inspect(structuredClone({ ...secret }))],
  ["its keys", () => Reflect.ownKeys(secret).join()],
])("%s does not show it", (_, show) => {
  expect(show()).not.toContain("nobody");
});

test("a log line does not show it", () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  log.error({ secret, err: new Error("it failed", { cause: secret }) });
  expect(lines.join()).toContain("[secret]");
  expect(lines.join()).not.toContain("nobody");
});
