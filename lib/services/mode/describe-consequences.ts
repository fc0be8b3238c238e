import type { Mode } from "#lib/gateway/contract/catalog.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { RoutePlan } from "#lib/gateway/routing/plan.ts";
import { providerName } from "../provider-name.ts";
import { listed } from "../route-versions/names.ts";
import type { ComparedFunction } from "./compare-functions.ts";
import type { ModePreviewDto } from "./schemas.ts";

type Consequences = Pick<ModePreviewDto, "payment" | "network" | "sentences">;
type Destination = ModePreviewDto["network"]["destinations"][number];

/** What a switch to a mode means for money and data, over all functions. */
export function describeConsequences(functions: readonly ComparedFunction[], mode: Mode): Consequences {
  const before = connectionsOf(functions.map((compared) => compared.before));
  const after = connectionsOf(functions.map((compared) => compared.after));
  const payment = { before: paymentSentence(before), after: paymentSentence(after) };
  const network = { destinations: after.filter(isReal).map(toDestination), sentence: networkSentence(after) };
  const losing = functions.filter(({ row }) => row.change === "loses").map(({ row }) => row.name);
  const losses =
    losing.length === 0 ? [] : [`${listed(losing)} would lose ${losing.length > 1 ? "their routes" : "its route"}.`];
  const empty = mode === "platform-managed" || after.length > 0 ? [] : ["No function would have a route at all."];
  return { payment, network, sentences: [...losses, ...empty, payment.after, network.sentence] };
}

/** Every account that a call could reach, fallbacks included, once each. */
function connectionsOf(plans: readonly RoutePlan[]): Connection[] {
  const all = plans.flatMap(({ targets }) => targets.map(({ connection }) => connection));
  return [...new Map(all.map((connection) => [connection.id, connection])).values()];
}

function paymentSentence(connections: readonly Connection[]): string {
  const real = connections.filter(isReal);
  const own = real.filter(({ owner }) => owner === "tenant");
  const clouds = names(own.filter(({ hosting }) => hosting === "cloud"));
  const parts: string[] = [];
  if (clouds.length > 0)
    parts.push(
      `Your own ${clouds.length > 1 ? "accounts" : "account"} at ${listed(clouds)} ${clouds.length > 1 ? "pay" : "pays"}.`,
    );
  if (own.some(({ hosting }) => hosting === "self-hosted"))
    parts.push("Your own servers answer: no provider charges for that.");
  if (real.some(({ owner }) => owner === "platform")) {
    parts.push(own.length > 0 ? "The platform's accounts pay where your own fail." : "The platform's accounts pay.");
  }
  if (parts.length > 0) return parts.join(" ");
  return connections.length > 0 ? "Nobody pays: the answers are simulated." : "Nobody pays: no call would be answered.";
}

function networkSentence(connections: readonly Connection[]): string {
  const real = connections.filter(isReal);
  if (real.length === 0) return "Nothing leaves the platform.";
  const clouds = real.filter(({ hosting }) => hosting === "cloud");
  const servers = hosts(real.filter(({ hosting }) => hosting === "self-hosted"));
  if (clouds.length === 0) return `Nothing leaves your own servers: calls go to ${listed(servers)} only.`;
  const unknown = names(clouds.filter(({ regions }) => regions.length === 0));
  const where =
    unknown.length === 0 ? "" : ` Where ${listed(unknown)} ${unknown.length > 1 ? "run" : "runs"} it is not known.`;
  const besides = servers.length === 0 ? "" : ` Your own servers are called too: ${listed(servers)}.`;
  return `Prompts and answers leave for ${listed(clouds.map(placeOf).filter(isFirst))}.${where}${besides}`;
}

function placeOf({ provider, host, regions }: Connection): string {
  const place = regions.length === 0 ? "" : ` in ${listed(regions)}`;
  return `${providerName(provider)} (${host}${place})`;
}

function names(connections: readonly Connection[]): string[] {
  return connections.map(({ provider }) => providerName(provider)).filter(isFirst);
}

function hosts(connections: readonly Connection[]): string[] {
  return connections.map(({ host }) => host).filter(isFirst);
}

function isFirst<Value>(value: Value, at: number, all: readonly Value[]): boolean {
  return all.indexOf(value) === at;
}

/** The demo provider's answers are made here. */
function isReal({ isSimulated }: Connection): boolean {
  return !isSimulated;
}

function toDestination({ host, provider, name, owner, hosting, regions }: Connection): Destination {
  return {
    host,
    provider,
    providerName: providerName(provider),
    connectionName: name,
    owner,
    hosting,
    regions: [...regions],
  };
}
