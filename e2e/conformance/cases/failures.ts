import { expect } from "vitest";
import type { ClientError } from "../clients/client.ts";

/** What a provider's refusal becomes for the caller, in the client's own class of errors. */
export interface FailureCase {
  title: string;
  /** The stand-in's answer, by the name of its fixture. */
  fixture: string;
  status: number;
  /** Of OpenAI's and Anthropic's own clients, which share these names. The `ai` package has one for all. */
  className: string;
  code: string;
  /** Asked for whole answers alone: it takes its time, and streams fail no other way. */
  isSlow?: true;
  /** Requests that the provider gets to see. */
  attempts: number;
  check?(error: ClientError): void;
}

export const FAILURE_CASES: readonly FailureCase[] = [
  {
    title: "a provider's rate limit, with when to come back",
    fixture: "busy",
    status: 429,
    className: "RateLimitError",
    code: "rate_limit_exceeded",
    attempts: 1,
    check: ({ header }) => expect(header("retry-after")).toBe("3600"),
  },
  {
    title: "a provider's fault, after two more tries",
    fixture: "broken",
    status: 502,
    className: "InternalServerError",
    code: "all_targets_failed",
    isSlow: true,
    attempts: 3,
    check: ({ header }) => expect(Number(header("retry-after"))).toBeGreaterThan(0),
  },
  {
    title: "a provider's refusal of the request, in its own words",
    fixture: "refused",
    status: 400,
    className: "BadRequestError",
    code: "invalid_request",
    attempts: 1,
    check({ message, header }) {
      expect(message).toContain("temperature: must be below 1.");
      expect(header("x-should-retry")).toBe("false");
    },
  },
];

/** The class that a client gives an error of this status. */
export function expectedClass(client: string, className: string): string {
  return client.startsWith("ai ") ? "AI_APICallError" : className;
}
