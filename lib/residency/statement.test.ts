import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { openSigningKey } from "./signing-key.ts";
import { type SignedStatement, signStatement } from "./statement.ts";
import { verifyStatement } from "./verify-statement.ts";

const KEY = openSigningKey(null, "a session secret");
const OTHER_KEY = openSigningKey(null, "another session secret");
const PUBLIC = Buffer.from(KEY.publicKey, "base64");

function makeStatement(key = KEY): SignedStatement {
  const destination = { port: 443, regions: ["eu-central-1"], connectionName: 'Ünser OpenAI "EU"' };
  return signStatement(key, {
    issuedAt: "2026-11-24T12:00:00.000Z",
    tenant: { id: "0190a000-0000-7000-8000-00000000000a", slug: "acme", name: "ACME" },
    period: { from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z", isFinal: true },
    interval: "hour",
    rules: [
      {
        routeVersion: 3,
        since: "2026-10-01T08:00:00.000Z",
        mode: "bring-your-own",
        residency: { regions: ["eu-central-1"], hosts: [] },
      },
    ],
    destinations: [
      {
        ...destination,
        host: "api.openai.com",
        provider: "openai",
        connectionId: "0190a000-0000-7000-8000-0000000000c1",
        attempts: 12,
        counts: [
          { start: "2026-11-01T07:00:00.000Z", attempts: 10 },
          { start: "2026-11-01T08:00:00.000Z", attempts: 2 },
        ],
      },
      { ...destination, host: "bedrock.eu", provider: "bedrock", connectionId: "", attempts: 0, counts: [] },
    ],
    totals: { destinations: 2, attempts: 12 },
  });
}

const TEXT = JSON.stringify(makeStatement());
const PRETTY = `${JSON.stringify(makeStatement(), null, 2)}\n`;
const isValid = (text: string, key = PUBLIC) => verifyStatement(text, key).isValid;

describe("a statement as it was issued is valid", () => {
  test.each<[string, string]>([
    ["as the API sends it", TEXT],
    ["laid out for people", PRETTY],
    ["with Windows's line ends", PRETTY.replaceAll("\n", "\r\n")],
  ])("%s", (_, text) => {
    const verified = verifyStatement(text, PUBLIC);
    expect(verified).toMatchObject({ isValid: true, statement: { totals: { attempts: 12 } } });
  });
});

describe("whatever is changed about it is found", () => {
  test("any byte of it, by any of many others", () => {
    const bytes = Buffer.from(PRETTY);
    const isSpace = (byte: number) => [0x20, 0x09, 0x0a, 0x0d].includes(byte);
    const others = [...'0a9Z"{}[]:,.-_ \\\n\0'].map((character) => character.charCodeAt(0));
    const missed: string[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const was = bytes[at] as number;
      for (const other of [...others, was ^ 0x01, was ^ 0x20, was ^ 0x80]) {
        // White space between the parts says nothing, and there is none but that in this statement's lines and indents.
        if (other === was || (isSpace(was) && isSpace(other))) continue;
        const changed = Buffer.from(bytes);
        changed[at] = other;
        if (isValid(changed.toString("utf8"))) missed.push(`${at}: ${String.fromCharCode(was)} → ${other}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test("any byte that is taken out or put in", () => {
    const missed: string[] = [];
    for (let at = 0; at < TEXT.length; at += 1) {
      if (isValid(TEXT.slice(0, at) + TEXT.slice(at + 1))) missed.push(`without ${at}`);
      if (isValid(`${TEXT.slice(0, at)}0${TEXT.slice(at)}`)) missed.push(`more at ${at}`);
    }
    expect(missed).toEqual([]);
  });

  test("any end that is cut off", () => {
    for (let length = 0; length < TEXT.length; length += 1)
      expect(isValid(TEXT.slice(0, length)), `${length}`).toBe(false);
  });

  const change = (edit: (signed: SignedStatement) => void) => {
    const signed = makeStatement();
    edit(signed);
    return JSON.stringify(signed);
  };
  test.each<[string, string]>([
    ["a destination left out", change(({ statement }) => void statement.destinations.pop())],
    [
      "a destination and its totals left out",
      change(({ statement }) => {
        statement.destinations.shift();
        statement.totals = { destinations: 1, attempts: 0 };
      }),
    ],
    ["destinations that change places", change(({ statement }) => void statement.destinations.reverse())],
    ["an hour left out", change(({ statement }) => void statement.destinations[0]?.counts.pop())],
    [
      "a longer period",
      change(({ statement }) => void Object.assign(statement.period, { to: "2026-11-30T00:00:00.000Z" })),
    ],
    [
      "a shorter period",
      change(({ statement }) => void Object.assign(statement.period, { from: "2026-11-01T08:00:00.000Z" })),
    ],
    ["another tenant", change(({ statement }) => void Object.assign(statement.tenant, { slug: "globex" }))],
    ["another rule", change(({ statement }) => void Object.assign(statement, { rules: [] }))],
    [
      "another date of issue",
      change(({ statement }) => void Object.assign(statement, { issuedAt: "2026-11-25T12:00:00.000Z" })),
    ],
    ["a field that there is not", TEXT.replace('"statement":{', '"statement":{"note":"none",')],
    ["a field given twice, the true one last", TEXT.replace('"attempts":12', '"attempts":1,"attempts":12')],
    ["a number written otherwise", TEXT.replace('"attempts":12', '"attempts":12.0')],
    ["text written otherwise", TEXT.replace('"acme"', '"\\u0061cme"')],
    ["no signature", JSON.stringify({ statement: makeStatement().statement })],
    ["an empty signature", change(({ signature }) => void Object.assign(signature, { value: "" }))],
    [
      "another statement's signature",
      change((signed) => void Object.assign(signed.signature, { value: OTHER_KEY.sign("{}") })),
    ],
    ["nothing at all", "{}"],
  ])("%s", (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(isValid(text)).toBe(false);
  });
});

describe("a key that is not the issuer's", () => {
  const other = Buffer.from(OTHER_KEY.publicKey, "base64");

  test("is told apart from a statement that was tampered with", () => {
    expect(verifyStatement(TEXT, other)).toEqual({
      isValid: false,
      reason: `It says that it is signed with the key ${KEY.keyId}; the key that was given is ${OTHER_KEY.keyId}.`,
    });
  });

  test("does not verify a statement that claims to be its", () => {
    const claimed = TEXT.replaceAll(KEY.keyId, OTHER_KEY.keyId);
    expect(verifyStatement(claimed, other)).toMatchObject({
      isValid: false,
      reason: expect.stringContaining("signature"),
    });
    expect(isValid(JSON.stringify(makeStatement(OTHER_KEY)), other)).toBe(true);
  });
});

describe("the published command", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeTempFolder("statement");
  });
  afterAll(() => removeTempFolder(folder));

  async function runCommand(text: string, ...args: string[]) {
    const file = path.join(folder, "statement.json");
    await writeFile(file, text);
    const script = path.resolve(import.meta.dirname, "../../scripts/verify-statement.ts");
    // No variable but the path: it asks nothing of its surroundings.
    const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, NODE_ENV: "test" };
    const ended = promisify(execFile)(process.execPath, [script, file, ...args], { env, cwd: folder });
    return ended.then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, output: stderr }),
    );
  }

  test("says that a statement is valid, whose it is and what is in it", async () => {
    const { code, output } = await runCommand(PRETTY, "--key", KEY.publicKey);
    expect(code).toBe(0);
    expect(output).toContain(`VALID: signed with the key ${KEY.keyId}`);
    expect(output).toContain("12 attempts at 2 destinations.");
    expect(output).toContain("api.openai.com:443  eu-central-1  12");
  });

  test("takes the key from a file", async () => {
    const file = path.join(folder, "key.json");
    await writeFile(file, JSON.stringify({ keyId: KEY.keyId, publicKey: KEY.publicKey }));
    expect(await runCommand(TEXT, "--key", file)).toMatchObject({ code: 0 });
  });

  test("ends with 1 and the reason for one that is not", async () => {
    const tampered = await runCommand(TEXT.replace('"attempts":12', '"attempts":11'), "--key", KEY.publicKey);
    expect(tampered).toEqual({ code: 1, output: "NOT VALID: The signature is not that of this statement.\n" });
    expect(await runCommand(TEXT, "--key", OTHER_KEY.publicKey)).toMatchObject({ code: 1 });
  });

  test("ends with 2 when it is asked wrongly", async () => {
    for (const args of [[], ["--key"], ["--key", "short"], ["--key", KEY.publicKey, "more"]]) {
      expect(await runCommand(TEXT, ...args), args.join(" ")).toMatchObject({ code: 2 });
    }
  });
});
