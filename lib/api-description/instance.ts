import { z } from "zod";

/** What an instance tells everybody: of itself, and of no tenant. */
export interface InstanceOperation {
  id: string;
  /** Below `/api`. */
  path: string;
  summary: string;
  description: string;
  answer: z.ZodType;
  /** Another answer, with the same body. */
  otherwise?: { status: number; when: string };
}

export const INSTANCE_OPERATIONS: readonly InstanceOperation[] = [
  {
    id: "readHealth",
    path: "/health",
    summary: "Health",
    description: "The process is up.",
    answer: z.object({ status: z.literal("ok").describe("All that there is to say: it answers.") }),
  },
  {
    id: "readReadiness",
    path: "/ready",
    summary: "Readiness",
    description: "The database answers and is migrated: this instance can take traffic.",
    answer: z.object({
      status: z.enum(["ready", "unavailable"]).describe("`unavailable`: the database is away, or not migrated yet."),
    }),
    otherwise: { status: 503, when: "It cannot take traffic now." },
  },
  {
    id: "readStatementKey",
    path: "/statement-key",
    summary: "Read the statement key",
    description: "The public half of the key that this instance signs statements of destinations with.",
    answer: z.object({
      keyId: z.string().describe("Which key it is: the first 16 hexadecimal digits of its SHA-256."),
      algorithm: z.literal("Ed25519").describe("As in RFC 8032."),
      publicKey: z.string().describe("The key's 32 bytes in base64."),
    }),
  },
  {
    id: "readDescription",
    path: "/openapi.json",
    summary: "Read this description",
    description: "OpenAPI 3.1, readable at `/docs/api`.",
    answer: z.looseObject({ openapi: z.string().describe("The version of OpenAPI that it is written in.") }),
  },
];
