"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { Mode } from "#components/routing/mode-texts.ts";
import { Select } from "#components/routing/select.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { MAX_CHAIN_LENGTH } from "#lib/services/route-versions/limits.ts";
import type { TargetRef } from "./edit-config.ts";
import type { FunctionRow } from "./function-row.ts";
import { type OwnConnection, useOwnConnections } from "./own-connections.ts";
import { isSameTarget } from "./target-ref.ts";

interface AddTargetProps {
  tenant: string;
  mode: Mode;
  chain: readonly TargetRef[];
  functions: readonly FunctionRow[];
  onAdd: (target: TargetRef) => void;
}

/** One more target at the end of a chain: a connection of the tenant's, and a model there. */
export function AddTarget({ tenant, mode, chain, functions, onAdd }: AddTargetProps) {
  const id = useId();
  const all = useOwnConnections(tenant);
  const connections = mode === "self-hosted" ? all.filter(({ hosting }) => hosting === "self-hosted") : all;
  const [picked, setPicked] = useState("");
  const [model, setModel] = useState("");
  const [error, setError] = useState<string>();
  const choices = choicesOf(connections);
  const choice = choices.find(({ value }) => value === picked) ?? choices[0];
  if (choice === undefined) {
    return (
      <p className="rounded-md bg-sunken p-3 text-sm text-ink-muted">
        {mode === "self-hosted" ? "No server of your own is connected yet. " : "No provider is connected yet. "}
        <a
          className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          href={`/${tenant}/${mode === "self-hosted" ? "self-hosted" : "connections"}`}
        >
          {mode === "self-hosted" ? "Connect a server" : "Add a connection"}
        </a>{" "}
        first; its models can be put into chains then.
      </p>
    );
  }
  const add = (event: FormEvent) => {
    event.preventDefault();
    const target = { provider: choice.provider, model: model.trim(), connectionId: choice.connectionId };
    const problem = problemOf(target, chain);
    setError(problem);
    if (problem !== undefined) return;
    onAdd(target);
    setModel("");
  };
  return (
    <form onSubmit={add} className="flex flex-col gap-3 rounded-md border bg-sunken p-3">
      <Field label="Connection" name="connection">
        <Select value={choice.value} onChange={setPicked} options={choices} />
      </Field>
      <Field label="Model" name="model" error={error} hint="The provider’s own name for it, such as gpt-5.4-mini.">
        <Input
          value={model}
          onValueChange={(value: string) => {
            setModel(value);
            setError(undefined);
          }}
          list={`${id}-models`}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <datalist id={`${id}-models`}>
        {modelsOf(choice, connections, functions).map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <div>
        <Button type="submit">
          <Plus aria-hidden className="size-3.5" />
          Add target
        </Button>
      </div>
    </form>
  );
}

interface Choice {
  value: string;
  label: string;
  provider: string;
  connectionId: string | null;
}

/** Where there are several connections to one provider: any of them, in order, or one of them. */
function choicesOf(connections: readonly OwnConnection[]): Choice[] {
  const providers = new Map(connections.map(({ provider, providerName }) => [provider, providerName]));
  return [...providers].flatMap(([provider, providerName]) => {
    const own = connections.filter((connection) => connection.provider === provider);
    const any = { value: provider, label: providerName, provider, connectionId: null };
    if (own.length === 1) return [any];
    const single = own.map(({ id, name }) => ({
      value: id,
      label: `${providerName}: ${name} only`,
      provider,
      connectionId: id,
    }));
    return [{ ...any, label: `${providerName}: every connection, in order` }, ...single];
  });
}

/** What a server said it has, or else what the tiers pick at that provider. */
function modelsOf(choice: Choice, connections: readonly OwnConnection[], functions: readonly FunctionRow[]): string[] {
  const found = connections
    .filter(({ id, provider }) => provider === choice.provider && (choice.connectionId ?? id) === id)
    .flatMap(({ models }) => models);
  const picked = functions
    .flatMap(({ chains }) => Object.values(chains).flat())
    .filter(({ provider }) => provider === choice.provider)
    .map(({ model }) => model);
  return [...new Set(found.length > 0 ? found : picked)].sort();
}

function problemOf(target: TargetRef, chain: readonly TargetRef[]): string | undefined {
  if (target.model === "") return "Name the model.";
  if (/[^\x21-\x7e]/.test(target.model)) return "A model’s name holds no spaces and nothing but ASCII.";
  if (chain.some((other) => isSameTarget(other, target))) return "This target is in the chain already.";
  return chain.length >= MAX_CHAIN_LENGTH ? `A chain holds at most ${MAX_CHAIN_LENGTH} targets.` : undefined;
}
