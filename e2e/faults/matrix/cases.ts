import { getCatalog } from "#lib/catalog/get-catalog.ts";
import type { Delivery, ModelRef, Prefill, Tier } from "#lib/gateway/contract/catalog.ts";
import type { Script } from "../upstream/open-upstream.ts";
import { MATRIX_FAULTS, type MatrixFault, type Mode } from "./expectations.ts";
import type { TenantSlug } from "./open-gateway.ts";

/** One target of a case's chain. Its provider's lane at the stand-in bears the provider's name. */
export interface ChainTarget extends ModelRef {
  contextTokens: number;
  prefill: Prefill | null;
}

/** By how a case's first target is reached: over the caller's own wire, or through a translation into Gemini's or Claude's. */
export const FAMILIES = ["native", "gemini", "claude"] as const;
export type Family = (typeof FAMILIES)[number];

interface Route {
  functionSlug: string;
  tier: Tier;
}

/**
 * The functions that the cases call. A limit that says how long to wait rests its target for every caller, so the cases
 * of limits have first targets of their own.
 */
const ROUTES: Readonly<Record<Family, { usual: Route; limited: Route }>> = {
  native: {
    usual: { functionSlug: "email-classification", tier: "economy" },
    limited: { functionSlug: "reply-drafting", tier: "economy" },
  },
  gemini: {
    usual: { functionSlug: "reply-drafting", tier: "balanced" },
    limited: { functionSlug: "reply-drafting", tier: "performance" },
  },
  claude: {
    usual: { functionSlug: "email-classification", tier: "balanced" },
    limited: { functionSlug: "email-classification", tier: "performance" },
  },
};

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
  /** Cases of one queue run one after another: their first target is told to rest between them. */
  queue: string | null;
}

/** First target faulty, the others healthy: every fault in every mode, called in both ways. */
export function rescueCases(family: Family): Case[] {
  return MATRIX_FAULTS.flatMap((fault) =>
    DELIVERIES.flatMap(({ mode, delivery }) =>
      clientsFor(fault, mode, delivery).map((client): Case => {
        const isLimit = isLimiter(fault);
        const { functionSlug, tier } = ROUTES[family][isLimit ? "limited" : "usual"];
        const chain = chainOf(functionSlug, tier);
        const isUsual = getCatalog().functions.get(functionSlug)?.delivery === delivery;
        return {
          id: [family, fault, mode, delivery, client].join("."),
          fault,
          family,
          mode,
          client,
          tenant: tier,
          model: functionSlug,
          headers: isUsual ? {} : { "x-switchyard-delivery": delivery },
          chain,
          script: { [chain[0]?.provider ?? ""]: fault },
          queue: isLimit ? `${family}.limited` : null,
        };
      }),
    ),
  );
}

/** The faulty target alone: a model that no function uses, so that nothing rests because of another case. */
export function aloneCases(family: Family): Case[] {
  const [first] = chainOf(ROUTES[family].usual.functionSlug, ROUTES[family].usual.tier);
  const { provider = "" } = first ?? {};
  return MATRIX_FAULTS.flatMap((fault) =>
    DELIVERIES.map(({ mode, delivery }): Case => {
      const model = `alone-${fault}-${mode}-${delivery}`;
      return {
        id: [family, "alone", fault, mode, delivery].join("."),
        fault,
        family,
        mode,
        client: "fetch",
        tenant: ROUTES[family].usual.tier,
        model: `${provider}/${model}`,
        headers: { "x-switchyard-delivery": delivery },
        chain: [{ provider, model, contextTokens: 0, prefill: null }],
        script: { [provider]: fault },
        queue: null,
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
  const { functionSlug, tier } = ROUTES[family].usual;
  const chain = chainOf(functionSlug, tier);
  return {
    id: [family, "hopeless", fault, mode].join("."),
    fault,
    family,
    mode,
    client: "fetch",
    tenant: tier,
    model: functionSlug,
    headers: { "x-switchyard-delivery": mode === "live" ? "live" : "whole" },
    chain,
    script: Object.fromEntries(chain.map(({ provider }) => [provider, fault])),
    queue: null,
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

/** The first targets that many cases share: their circuits are kept closed by calls that succeed. */
export function sharedTargets(): { tenant: TenantSlug; lane: string; model: string }[] {
  return Object.values(ROUTES).map(({ usual: { functionSlug, tier } }) => {
    const [first] = chainOf(functionSlug, tier);
    return { tenant: tier, lane: first?.provider ?? "", model: first?.model ?? "" };
  });
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

function chainOf(functionSlug: string, tier: Tier): ChainTarget[] {
  const { chains, models } = getCatalog();
  return (chains.get(functionSlug)?.[tier] ?? []).map(({ provider, model }) => {
    const known = models.get(`${provider}/${model}`);
    return { provider, model, contextTokens: known?.contextTokens ?? 0, prefill: known?.prefill ?? null };
  });
}
