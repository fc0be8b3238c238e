import { isIP } from "node:net";
import { type Guard, guardedConnector } from "#lib/egress/guarded-connector.ts";
import { type Destination, type EgressRule, mayConnect } from "#lib/egress/rule.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { mapTransportError } from "../map-failure.ts";
import type { ProbeStep } from "./contract.ts";
import { explainFailure, explainTls } from "./explain.ts";

export interface ConnectProbe {
  guard: Guard;
  timeoutMs: number;
}

const NEVER = new AbortController().signal;
const asIs = (text: string) => text;

/** Whether the address may be reached and is, and whether its certificate holds: the first two steps. */
export async function probeConnection(
  baseUrl: string,
  rule: EgressRule,
  { guard, timeoutMs }: ConnectProbe,
): Promise<[address: ProbeStep, tls: ProbeStep]> {
  const url = new URL(baseUrl);
  const isEncrypted = url.protocol === "https:";
  const startedAt = performance.now();
  const refusal = await resolve(url, rule, guard, timeoutMs);
  const address: ProbeStep = { step: "address", status: "passed", ms: since(startedAt), message: "It may be reached." };
  if (refusal !== null) return [{ ...address, status: "failed", message: refusal }, SKIPPED_TLS];
  const connectedAt = performance.now();
  const failure = await connect(url, rule, guard, timeoutMs);
  const ms = since(connectedAt);
  if (failure !== null && !(isEncrypted && isOfTls(failure))) {
    return [
      { ...address, status: "failed", ms: since(startedAt), message: explainFailure(failure, asIs) },
      SKIPPED_TLS,
    ];
  }
  if (!isEncrypted) {
    const message = "Plain HTTP: whoever is between can read along. The operator has allowed it for this address.";
    return [
      { ...address, ms: since(startedAt), message: "It answers." },
      { ...SKIPPED_TLS, message },
    ];
  }
  const tls: ProbeStep = { step: "tls", status: "passed", ms, message: "The certificate holds." };
  return [address, failure === null ? tls : { ...tls, status: "failed", message: explainTls(failure) }];
}

const SKIPPED_TLS: ProbeStep = { step: "tls", status: "skipped", ms: null, message: "Not tried." };

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}

/** The sentence that speaks against the address; null: none does. */
async function resolve(url: URL, rule: EgressRule, guard: Guard, timeoutMs: number): Promise<string | null> {
  const isEncrypted = url.protocol === "https:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const to: Destination = { host, port: Number(url.port) || (isEncrypted ? 443 : 80), isEncrypted };
  let addresses: string[];
  try {
    addresses = isIP(host) === 0 ? await lookUp(host, guard, timeoutMs) : [host];
  } catch (error) {
    return explainFailure(mapTransportError(error, NEVER), asIs);
  }
  for (const address of addresses) {
    const verdict = mayConnect(rule, to, address, guard.allow);
    if (!verdict.isAllowed) return `${verdict.reason} Ask the operator, or enter another address.`;
  }
  return null;
}

async function lookUp(host: string, { resolve: find }: Guard, timeoutMs: number): Promise<string[]> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(Object.assign(new Error("The name server is silent."), { code: "EAI_AGAIN" }));
  const timer = setTimeout(late, timeoutMs);
  try {
    const found = await Promise.race([find(host), promise]);
    if (found.length === 0) throw Object.assign(new Error("There is no address."), { code: "ENOTFOUND" });
    return found.map(({ address }) => address);
  } finally {
    clearTimeout(timer);
  }
}

/** One connection, TLS included, and at once closed again. */
function connect(url: URL, rule: EgressRule, guard: Guard, timeoutMs: number): Promise<ProviderFailure | null> {
  const open = guardedConnector(url, rule, guard, timeoutMs);
  const { protocol, host, port } = url;
  const options = { protocol, host, port, hostname: url.hostname.replace(/^\[|\]$/g, "") };
  return new Promise((resolve) => {
    open(options, (error, socket) => {
      socket?.destroy();
      resolve(error === null ? null : mapTransportError(error, NEVER));
    });
  });
}

function isOfTls({ code }: ProviderFailure): boolean {
  return /CERT|^UNABLE_TO_|^ERR_TLS|^ERR_SSL|EPROTO|ECONNRESET/.test(code ?? "");
}
