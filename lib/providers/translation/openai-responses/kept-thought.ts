import { z } from "zod";
import type { Seal } from "../part-marks.ts";

/**
 * What a model needs back of its thoughts with the next turn. It travels in `encrypted_content`, where this wire keeps
 * what only the provider can read: the gateway itself keeps nothing between calls.
 */
export interface KeptThought {
  /** Whose thought it is. */
  model: string;
  seal: Seal | null;
  /** The call that the seal is on; null: it is on the thought itself. */
  callId: string | null;
}

const PREFIX = "switchyard1.";

const schema = z.object({
  model: z.string(),
  seal: z
    .object({
      by: z.enum(["anthropic", "google", "openai"]),
      value: z.string(),
      isRedacted: z.boolean(),
      id: z.string().nullable(),
    })
    .nullable(),
  callId: z.string().nullable(),
});

export function keepThought(thought: KeptThought): string {
  return PREFIX + Buffer.from(JSON.stringify(thought)).toString("base64url");
}

/** Null: it was kept by somebody else, or is none. */
export function readThought(content: unknown): KeptThought | null {
  if (typeof content !== "string" || !content.startsWith(PREFIX)) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(content.slice(PREFIX.length), "base64url").toString()));
  } catch {
    return null;
  }
}
