import type { WireBody } from "../../contract/wire.ts";
import type { SendingRules } from "../wire.ts";

/** The function's defaults where the caller said nothing. What the caller said is never changed. */
export function fillDefaults(body: WireBody, { defaults, refuses }: SendingRules): WireBody {
  const isUnset = (field: string) => body[field] === undefined || body[field] === null;
  const added: Record<string, unknown> = {};
  // Some models refuse temperature beside top_p: the caller's one word on sampling stands alone.
  const isSamplingFree = isUnset("temperature") && isUnset("top_p");
  if (defaults.temperature !== undefined && isSamplingFree && !refuses.includes("temperature")) {
    added.temperature = defaults.temperature;
  }
  if (
    defaults.maxOutputTokens !== undefined &&
    isUnset("max_output_tokens") &&
    !refuses.includes("max_output_tokens")
  ) {
    added.max_output_tokens = defaults.maxOutputTokens;
  }
  return added;
}
