import type { ServerOptions } from "#e2e/support/server.ts";
import { openFaultUpstream } from "../upstream/open-upstream.ts";
import { aloneCases, type Case, hopelessCase, lenientCase, relayCase, rescueCases } from "./cases.ts";
import { LENIENT_EXPECTATIONS, type MatrixFault, MODES } from "./expectations.ts";
import { openFaultGateway } from "./open-gateway.ts";
import { FAMILIES, PROVIDERS } from "./routes.ts";
import { type Played, runCases } from "./run-cases.ts";

/** All that was played against one mount. */
export interface MatrixRun {
  /** The first target faulty, the others well. */
  rescues: readonly Played[];
  /** The faulty target alone. */
  alone: readonly Played[];
  find(one: Case): Played;
}

/** Long enough that no machine is taken for a silent provider because it is busy. */
export const FIRST_TOKEN_MS = 4_000;
export const IDLE_MS = 3_000;
const DEADLINE_MS = 34_000;
/** An answer that is no stream may take five times as long as a first token: this is later still. */
const LATE_MS = 23_000;

const ENVIRONMENT = {
  SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS: `${FIRST_TOKEN_MS}`,
  SWITCHYARD_IDLE_TIMEOUT_MS: `${IDLE_MS}`,
  SWITCHYARD_CALL_DEADLINE_MS: `${DEADLINE_MS}`,
  // Most cases have the same first target: what one of them does to it is not to change what another meets.
  SWITCHYARD_BREAKER_MIN_VOLUME: "1000000",
};

const RESCUES = FAMILIES.flatMap(rescueCases);
const ALONE = FAMILIES.flatMap(aloneCases);

export const BROKEN_CHAINS = FAMILIES.flatMap((family) => MODES.map((mode) => hopelessCase(family, "500", mode)));
export const SILENT_CHAINS = FAMILIES.flatMap((family) =>
  MODES.map((mode) => impatient(hopelessCase(family, "silence", mode), 1)),
);
export const LOST_RELAYS = FAMILIES.map((family) => relayCase(family, "prefill-refused"));
/** Each rests every target of its chain. */
export const LIMITED_CHAINS = FAMILIES.map((family) =>
  impatient(hopelessCase(family, "429-retry-after-long", "plain"), 2),
);
export const LENIENT = (
  Object.keys(LENIENT_EXPECTATIONS) as (MatrixFault & keyof typeof LENIENT_EXPECTATIONS)[]
).flatMap((fault) => MODES.map((mode) => ({ ...lenientCase(fault, mode), fault })));

const ALL = [...RESCUES, ...ALONE, ...BROKEN_CHAINS, ...SILENT_CHAINS, ...LOST_RELAYS, ...LENIENT];

/** Plays every case against a gateway of its own. */
export async function playMatrix(mount: ServerOptions["mount"]): Promise<MatrixRun> {
  const upstream = await openFaultUpstream({ lateMs: LATE_MS });
  const addresses = Object.fromEntries(PROVIDERS.map((provider) => [provider, upstream.laneUrl(provider)]));
  const gateway = await openFaultGateway(mount, addresses, ENVIRONMENT);
  try {
    const played = await runCases(gateway, upstream, ALL);
    return describeRun([...played, ...(await runCases(gateway, upstream, LIMITED_CHAINS))]);
  } finally {
    await gateway.close();
    await upstream.close();
  }
}

function describeRun(played: readonly Played[]): MatrixRun {
  const byId = new Map(played.map((one) => [one.case.id, one]));
  const find = ({ id }: Case): Played => {
    const found = byId.get(id);
    if (found === undefined) throw new Error(`${id} was not played.`);
    return found;
  };
  return { rescues: RESCUES.map(find), alone: ALONE.map(find), find };
}

/** A caller that says how long it waits, as the official clients do. */
function impatient(one: Case, seconds: number): Case {
  return { ...one, headers: { ...one.headers, "x-stainless-timeout": `${seconds}` } };
}
