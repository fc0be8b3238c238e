import { RETIREMENTS } from "#lib/catalog/retirements.ts";
import { targetProblem } from "#lib/catalog/tier-table/target-problem.ts";
import type { AiFunction, Model, TargetRef } from "#lib/gateway/contract/catalog.ts";
import { isPassedOn } from "#lib/gateway/routing/model-places.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import { providerName } from "../provider-name.ts";
import { listed, modelName, targetName } from "./names.ts";
import { ownChainsOf } from "./own-chains.ts";
import type { OwnConnection } from "./own-connections.ts";
import { makesEmbeddings } from "./plan-function.ts";
import { error, type ProblemFacts, type RouteProblem, warning } from "./problem.ts";

/** What is wrong with the single targets of a tenant's chains. */
export function findTargetProblems(facts: ProblemFacts): RouteProblem[] {
  return ownChainsOf(facts.config).flatMap(({ functionSlug, field, targets }) =>
    targets.flatMap((target, at) =>
      problemsOf(facts, target, functionSlug, `${field}.${at}`).map((problem) => ({ ...problem, functionSlug })),
    ),
  );
}

function problemsOf(facts: ProblemFacts, target: TargetRef, slug: string | null, field: string): RouteProblem[] {
  const missing = providerProblem(facts, target) ?? connectionProblem(facts, target);
  if (missing !== null) return [error(field, missing)];
  const absent = serverProblem(facts, target);
  if (absent !== null) return [error(field, absent)];
  const model = facts.catalog.models.get(`${target.provider}/${target.model}`);
  const fn = slug === null ? undefined : facts.catalog.functions.get(slug);
  const incapable = fn === undefined || model === undefined ? null : incapability(fn, model);
  if (incapable !== null) return [error(field, `${targetName(facts.names, target)} ${incapable}.`)];
  return [...unopened(facts, target), ...doubts(facts, target, model), ...beyondDeadline(facts, target)].map(
    (message) => warning(field, message),
  );
}

function providerProblem({ config }: ProblemFacts, { provider }: TargetRef): string | null {
  const entry = findProviderEntry(provider);
  if (entry === null) return `There is no provider ${provider}.`;
  if (config.mode !== "self-hosted" || entry.hosting === "self-hosted") return null;
  return `${entry.name} is a cloud: in self-hosted mode nothing leaves your own servers.`;
}

function connectionProblem({ own, names }: ProblemFacts, { provider, model, connectionId }: TargetRef): string | null {
  if (connectionId === null) {
    const there = own.filter((connection) => connection.provider === provider);
    if (there.length === 0) return `You have no connection to ${providerName(provider)}: add one, or take it out.`;
    if (there.some(({ isEnabled }) => isEnabled)) return null;
    return `Your connection to ${providerName(provider)} is switched off.`;
  }
  const connection = own.find(({ id }) => id === connectionId);
  if (connection === undefined) {
    return `${modelName(names, provider, model)} is to go by a connection that is gone: choose another for it, or take it out.`;
  }
  if (connection.provider !== provider) {
    return `The connection ${connection.name} is one to ${providerName(connection.provider)}, not to ${providerName(provider)}.`;
  }
  return connection.isEnabled ? null : `The connection ${connection.name} is switched off.`;
}

const MAX_NAMED = 5;

/** A server of the tenant's own says what it has; a cloud's list is not asked for. */
function serverProblem({ own }: ProblemFacts, { provider, model, connectionId }: TargetRef): string | null {
  const servers = own.filter((connection) => isMeant(connection, { provider, connectionId }));
  if (findProviderEntry(provider)?.hosting !== "self-hosted") return null;
  if (isPassedOn("self-hosted", model)) {
    return `${model} runs in Ollama’s cloud, which a server of your own only passes it on to: connect Ollama Cloud for it.`;
  }
  if (servers.some(({ models }) => models === null || models.includes(model))) return null;
  const has = [...new Set(servers.flatMap(({ models }) => models ?? []))];
  const some = listed(has.slice(0, MAX_NAMED));
  return `${listed(servers.map(({ name }) => name))} has no model ${model}. It has ${some}${has.length > MAX_NAMED ? " …" : ""}.`;
}

function isMeant(connection: OwnConnection, { provider, connectionId }: Pick<TargetRef, "provider" | "connectionId">) {
  if (!connection.isEnabled || connection.provider !== provider) return false;
  return connectionId === null || connection.id === connectionId;
}

function incapability(fn: AiFunction, model: Model): string | null {
  if (!makesEmbeddings(fn) && model.capabilities.includes("embeddings")) {
    return `makes vectors, and ${fn.name} needs text`;
  }
  const problem = targetProblem(fn, model, undefined);
  return problem === null ? null : `${problem}, and ${fn.name} needs ${needsOf(fn)}`;
}

function needsOf({ needs }: AiFunction): string {
  return listed([...needs.capabilities, `${needs.contextTokens} tokens of context`]);
}

function unopened({ snapshot, own }: ProblemFacts, target: TargetRef): string[] {
  const meant = own.filter((connection) => isMeant(connection, target)).map(({ id }) => id);
  return snapshot.connections.flatMap(({ id, name, unopened }) =>
    meant.includes(id) && unopened !== null ? [`Calls pass over the connection ${name}: ${unopened}`] : [],
  );
}

/** What we cannot know better than the tenant: its provider will say. */
function doubts({ names, today }: ProblemFacts, target: TargetRef, model: Model | undefined): string[] {
  const { provider } = target;
  const name = modelName(names, provider, target.model);
  if (model === undefined && findProviderEntry(provider)?.hosting === "cloud") {
    return [
      `The catalog does not know ${target.model} at ${providerName(provider)}: what it can do and what it costs stay unknown.`,
    ];
  }
  const retiresOn = RETIREMENTS[`${provider}/${target.model}`];
  if (retiresOn === undefined) return [];
  const verb = retiresOn <= today ? "was shut down" : "is shut down";
  return [`${name} ${verb} at ${providerName(provider)} on ${retiresOn}.`];
}

/** Whatever a chain allows, a call ends with its own deadline. */
function beyondDeadline({ names, snapshot: { deadlineMs } }: ProblemFacts, target: TargetRef): string[] {
  const longestMs = Math.max(target.firstTokenTimeoutMs ?? 0, target.answerTimeoutMs ?? 0);
  if (longestMs <= deadlineMs) return [];
  return [
    `${targetName(names, target)} may take ${longestMs / 1000} s, but every call ends after ${deadlineMs / 1000} s at the latest.`,
  ];
}
