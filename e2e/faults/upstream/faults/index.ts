import { BODIES } from "./bodies.ts";
import { CONNECTIONS } from "./connections.ts";
import { type Fault, playHealthy } from "./fault.ts";
import { REFUSALS } from "./refusals.ts";

/** Everything that a lane of the stand-in can do to a request. */
export const FAULTS = {
  healthy: { what: "answers", play: playHealthy },
  ...REFUSALS,
  ...CONNECTIONS,
  ...BODIES,
} as const satisfies Record<string, Fault>;

export type FaultId = keyof typeof FAULTS;
