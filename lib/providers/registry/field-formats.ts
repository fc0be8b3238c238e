import { z } from "zod";
import type { FieldFormat } from "./entry.ts";

const httpUrl = z.url({ protocol: /^https?$/, hostname: /./ });

const serviceAccount = z.object({ client_email: z.string().min(1), private_key: z.string().includes("PRIVATE KEY") });

/** What a field's value must look like; `mustBe` is the rest of a sentence that begins with the field's name. */
export const FIELD_FORMAT_RULES: Readonly<Record<FieldFormat, { isMet(value: string): boolean; mustBe: string }>> = {
  // What may stand in a header.
  text: { isMet: (value) => /^[\x20-\x7e]+$/.test(value), mustBe: "must be one line of plain characters" },
  url: { isMet: (value) => httpUrl.safeParse(value).success, mustBe: "must be an http:// or https:// address" },
  label: {
    isMet: (value) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value),
    mustBe: "must consist of letters, digits and hyphens",
  },
  pairs: {
    isMet: (value) => readPairs(value) !== null,
    mustBe: "must look like gpt-4.1=my-deployment,gpt-4o=another",
  },
  "service-account": {
    isMet: (value) => serviceAccount.safeParse(parseJson(value)).success,
    mustBe: "must be the JSON of a service account's key, with client_email and private_key",
  },
};

/** `model=name,…` as a map; null when it is not that. */
export function readPairs(value: string): ReadonlyMap<string, string> | null {
  const pairs = value.split(",").map((pair) => pair.split("=").map((part) => part.trim()));
  if (!pairs.every((pair) => pair.length === 2 && !pair.includes(""))) return null;
  return new Map(pairs as [string, string][]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
