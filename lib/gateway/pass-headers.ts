import type { GatewayCall } from "./contract/call.ts";
import type { WireId } from "./contract/wire.ts";

/** Headers that belong to a wire: they say how its body is to be read, and go on with it. */
const WIRE_HEADERS: Readonly<Partial<Record<WireId, readonly string[]>>> = {
  "anthropic-messages": ["anthropic-version", "anthropic-beta"],
  "anthropic-count-tokens": ["anthropic-version", "anthropic-beta"],
};

const NONE: Readonly<Record<string, string>> = {};

export function passHeaders(call: GatewayCall, wire: WireId): Readonly<Record<string, string>> {
  const names = WIRE_HEADERS[wire];
  if (names === undefined) return NONE;
  const given = names.map((name) => [name, call.header(name)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
