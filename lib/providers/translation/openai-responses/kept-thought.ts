import { type KeptThought, RESPONSES_MARK } from "#lib/gateway/contract/kept-thought.ts";

/**
 * What a model needs back of its thoughts with the next turn. It travels in `encrypted_content`, where this wire keeps
 * what only the provider can read: the gateway itself keeps nothing between calls.
 */
export function keepThought(thought: KeptThought): string {
  return RESPONSES_MARK + Buffer.from(JSON.stringify(thought)).toString("base64url");
}
