import type { GatewayCall, GatewayReply } from "#lib/gateway/contract/call.ts";
import type { Price } from "#lib/gateway/contract/catalog.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { GatewayPorts } from "#lib/gateway/ports.ts";
import { CHAT_BODY, countTokens, type FakeProvider, makeHealth, makeProvider } from "./engine.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { makePrincipal, makeSnapshot } from "./gateway.ts";

export const INVOCATION_ID = "0190a000-0000-7000-8000-0000000000ff";

const flat = (nanoUsdPerMillion: bigint) => ({ nanoUsdPerMillion, above: [] });

/** A thousand nano-dollars a token in, two thousand out. */
const PRICE: Price = {
  validFrom: null,
  input: flat(10n ** 9n),
  output: flat(2n * 10n ** 9n),
  cachedInput: null,
  cacheWrite: null,
};

export interface FakePorts extends GatewayPorts {
  clock: FakeClock;
  providers: FakeProvider;
  /** What was put on record, and what was reported as a fault of ours. */
  records: InvocationRecord[];
  faults: unknown[];
}

type Replies = Parameters<typeof makeProvider>[0];

/** A gateway's surroundings: one tenant, whose key is `sy_good`, and providers that answer as scripted. */
export function makePorts(replies: Replies, part: Partial<GatewayPorts> = {}): FakePorts {
  const clock = createFakeClock();
  const records: InvocationRecord[] = [];
  const faults: unknown[] = [];
  return {
    keys: { find: async (secret) => (secret === "sy_good" ? makePrincipal() : null) },
    snapshots: { get: async () => makeSnapshot() },
    prices: { find: () => PRICE, reportsCharges: () => false },
    ledger: { record: (invocation) => void records.push(invocation) },
    random: () => 0,
    health: makeHealth(clock),
    countTokens,
    newId: () => INVOCATION_ID,
    reportFault: (fault) => void faults.push(fault),
    ...part,
    clock,
    providers: makeProvider(replies),
    records,
    faults,
  };
}

/** A chat call with a good key, unless said otherwise. */
export function makeGatewayCall(
  body: unknown = CHAT_BODY,
  headers: Record<string, string> = {},
  part: Partial<GatewayCall> = {},
): GatewayCall {
  const sent: Record<string, string> = { authorization: "Bearer sy_good", ...headers };
  return {
    method: "POST",
    path: "/v1/chat/completions",
    header: (name) => sent[name],
    readBody: async () => new TextEncoder().encode(JSON.stringify(body)),
    signal: new AbortController().signal,
    ...part,
  };
}

/** The whole of what a caller reads. */
export async function textOf({ body }: GatewayReply): Promise<string> {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  let text = "";
  for await (const piece of body) text += new TextDecoder().decode(piece);
  return text;
}
