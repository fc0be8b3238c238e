import type { WireBody } from "../../contract/wire.ts";
import type { SendingRules } from "../wire.ts";

/**
 * The function's defaults where the caller said nothing. What the caller said is not changed, but for the name of a
 * limit: who names a function cannot know which of the two its model knows.
 */
export function fillDefaults(body: WireBody, { defaults, refuses }: SendingRules): WireBody {
  const isUnset = (field: string) => body[field] === undefined || body[field] === null;
  const added = nameLimit(body, refuses);
  // Some models refuse temperature beside top_p: the caller's one word on sampling stands alone.
  const isSamplingFree = isUnset("temperature") && isUnset("top_p");
  if (defaults.temperature !== undefined && isSamplingFree && !refuses.includes("temperature")) {
    added.temperature = defaults.temperature;
  }
  if (defaults.maxOutputTokens !== undefined && LIMIT_FIELDS.every(isUnset)) {
    const field = LIMIT_FIELDS.find((name) => !refuses.includes(name));
    if (field !== undefined) added[field] = defaults.maxOutputTokens;
  }
  return added;
}

/** The present name first; some providers only know the older one. */
const LIMIT_FIELDS = ["max_completion_tokens", "max_tokens"] as const;

/** The caller's limit under its other name, where the model refuses the one that it has. */
function nameLimit(body: WireBody, refuses: readonly string[]): Record<string, unknown> {
  const given = LIMIT_FIELDS.filter((name) => body[name] !== undefined && body[name] !== null);
  const [field] = given;
  const other = LIMIT_FIELDS.find((name) => name !== field && !refuses.includes(name));
  if (given.length !== 1 || field === undefined || other === undefined || !refuses.includes(field)) return {};
  return { [field]: undefined, [other]: body[field] };
}
