import type { Delivery } from "#lib/gateway/contract/catalog.ts";
import type { Script } from "../upstream/open-upstream.ts";
import { MATRIX_FAULTS, type MatrixFault, type Mode } from "./expectations.ts";
import type { TenantSlug } from "./open-gateway.ts";
import { type ChainTarget, type Family, ROUTES } from "./routes.ts";

export interface Case {
  id: string;
  fault: MatrixFault;
  family: Family;
  mode: Mode;
  client: "fetch" | "openai";
  tenant: TenantSlug;
  model: string;
  headers: Record<string, string>;
  chain: readonly ChainTarget[];
  script: Script;
}

/** First target faulty, the others healthy: every fault in every mode, called in both ways. */
export function rescueCases(family: Family): Case[] {
  const { functionSlug, delivery: usual, chain } = ROUTES[family];
  return MATRIX_FAULTS.flatMap((fault) =>
    DELIVERIES.flatMap(({ mode, delivery }) =>
      clientsFor(fault, mode, delivery).map(
        (client): Case => ({
          id: [family, fault, mode, delivery, client].join("."),
          fault,
          family,
          mode,
          client,
          tenant: "usual",
          model: functionSlug,
          // Where it is the function's own way, the header is left out.
          headers: delivery === usual ? {} : { "x-switchyard-delivery": delivery },
          chain,
          script: { [chain[0]?.provider ?? ""]: fault },
        }),
      ),
    ),
  );
}

/** The faulty target alone: a model that no function uses, so that nothing rests because of another case. */
export function aloneCases(family: Family): Case[] {
  const { chain } = ROUTES[family];
  const { provider = "" } = chain[0] ?? {};
  return MATRIX_FAULTS.flatMap((fault) =>
    DELIVERIES.map(({ mode, delivery }): Case => {
      const model = `alone-${fault}-${mode}-${delivery}`;
      return {
        id: [family, "alone", fault, mode, delivery].join("."),
        fault,
        family,
        mode,
        client: "fetch",
        tenant: "usual",
        model: `${provider}/${model}`,
        headers: { "x-switchyard-delivery": delivery },
        chain: [{ provider, model, contextTokens: 0, prefill: null }],
        script: { [provider]: fault },
      };
    }),
  );
}

/** What a content filter stopped, for a tenant that lets another target judge. */
export function lenientCase(fault: MatrixFault, mode: Mode): Case {
  const one = hopelessCase("native", fault, mode);
  const [first] = one.chain;
  return {
    ...one,
    id: ["lenient", fault, mode].join("."),
    tenant: "lenient",
    script: { [first?.provider ?? ""]: fault },
  };
}

/** Every target of the chain has the same fault. */
export function hopelessCase(family: Family, fault: MatrixFault, mode: Mode): Case {
  const { functionSlug, chain } = ROUTES[family];
  return {
    id: [family, "hopeless", fault, mode].join("."),
    fault,
    family,
    mode,
    client: "fetch",
    tenant: "usual",
    model: functionSlug,
    headers: { "x-switchyard-delivery": mode === "live" ? "live" : "whole" },
    chain,
    script: Object.fromEntries(chain.map(({ provider }) => [provider, fault])),
  };
}

/** The first target breaks in the middle of a live stream, and then every other has this fault. */
export function relayCase(family: Family, fault: MatrixFault): Case {
  const one = hopelessCase(family, fault, "live");
  const [first] = one.chain;
  return {
    ...one,
    id: [family, "relay", fault].join("."),
    script: { ...one.script, [first?.provider ?? ""]: "cut-after-tokens" },
  };
}

/** Streams are called in both ways, unless they take their time; what is no stream, in one way for each delivery. */
function clientsFor(fault: MatrixFault, mode: Mode, delivery: Delivery): readonly Case["client"][] {
  if (mode !== "plain" && !isLimiter(fault) && !isHeavy(fault)) return ["fetch", "openai"];
  return delivery === "live" ? ["fetch"] : ["openai"];
}

/** Megabytes, or thousands of tiny pieces. */
export function isHeavy(fault: MatrixFault): boolean {
  return fault === "huge-chunk" || fault === "trickle";
}

export function isLimiter(fault: MatrixFault): boolean {
  return fault.startsWith("429-retry-after");
}

const DELIVERIES = [
  { mode: "live", delivery: "live" },
  { mode: "whole", delivery: "whole" },
  { mode: "plain", delivery: "live" },
  { mode: "plain", delivery: "whole" },
] as const;
