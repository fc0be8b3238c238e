import type { WireBody } from "../../contract/wire.ts";
import type { SendingRules } from "../wire.ts";

/** Anthropic wants a limit in every request: this one where neither the caller nor the function says any. */
const DEFAULT_MAX_TOKENS = 4_096;

/** The function's defaults where the caller said nothing. What the caller said is never changed. */
export function fillDefaults(body: WireBody, { defaults, refuses }: SendingRules): WireBody {
  const isUnset = (field: string) => body[field] === undefined || body[field] === null;
  const added: Record<string, unknown> = {};
  // With top_p Anthropic refuses a temperature, with thinking every one but its own.
  const isSamplingFree = isUnset("temperature") && isUnset("top_p") && !isThinking(body);
  if (defaults.temperature !== undefined && isSamplingFree && !refuses.includes("temperature")) {
    added.temperature = defaults.temperature;
  }
  if (isUnset("max_tokens")) added.max_tokens = limitFor(body, defaults.maxOutputTokens ?? DEFAULT_MAX_TOKENS);
  return added;
}

/** Thoughts count as output, and Anthropic refuses a limit that leaves nothing beside them. */
function limitFor({ thinking }: WireBody, limit: number): number {
  const budget = (thinking as { budget_tokens?: unknown } | null | undefined)?.budget_tokens;
  return typeof budget === "number" && budget >= limit ? budget + limit : limit;
}

export function isThinking({ thinking }: WireBody): boolean {
  const type = (thinking as { type?: unknown } | null | undefined)?.type;
  return type !== undefined && type !== "disabled";
}
