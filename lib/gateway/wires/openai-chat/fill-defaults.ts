import type { WireBody } from "../../contract/wire.ts";
import type { SendingRules } from "../wire.ts";

const NOTHING: WireBody = {};

/** The function's defaults where the caller said nothing. What the caller said is never changed. */
export function fillDefaults(body: WireBody, { defaults, refuses }: SendingRules): WireBody {
  if (defaults.temperature === undefined && defaults.maxOutputTokens === undefined) return NOTHING;
  const isUnset = (field: string) => body[field] === undefined || body[field] === null;
  const added: Record<string, unknown> = {};
  // Some models refuse temperature beside top_p: the caller's one word on sampling stands alone.
  const isSamplingFree = isUnset("temperature") && isUnset("top_p");
  if (defaults.temperature !== undefined && isSamplingFree && !refuses.includes("temperature")) {
    added.temperature = defaults.temperature;
  }
  if (defaults.maxOutputTokens !== undefined && isUnset("max_tokens") && isUnset("max_completion_tokens")) {
    const field = LIMIT_FIELDS.find((name) => !refuses.includes(name));
    if (field !== undefined) added[field] = defaults.maxOutputTokens;
  }
  return added;
}

/** The present name first; some providers only know the older one. */
const LIMIT_FIELDS = ["max_completion_tokens", "max_tokens"] as const;
