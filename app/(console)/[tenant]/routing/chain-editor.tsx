"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useState } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import type { Mode } from "#components/routing/mode-texts.ts";
import type { Problem } from "#components/routing/problems.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatProvider } from "#lib/format/provider.ts";
import { AddTarget } from "./add-target.tsx";
import { moveTarget, type TargetRef } from "./edit-config.ts";
import type { FunctionRow } from "./function-row.ts";
import { type OwnConnection, useOwnConnections } from "./own-connections.ts";

interface ChainEditorProps {
  tenant: string;
  mode: Mode;
  chain: readonly TargetRef[];
  /** What the problems were found in: they stand beside a target only while it is the same. */
  savedChain: readonly TargetRef[];
  /** The chain's place in the configuration. */
  field: string;
  problems: readonly Problem[];
  functions: readonly FunctionRow[];
  onChange: (chain: TargetRef[]) => void;
}

/** A chain as a list: each target goes up, down or out by a button, and says what is wrong with it. */
export function ChainEditor({
  tenant,
  mode,
  chain,
  savedChain,
  field,
  problems,
  functions,
  onChange,
}: ChainEditorProps) {
  const connections = useOwnConnections(tenant);
  const isUnchanged = chain.length === savedChain.length && chain.every((target, at) => isSame(savedChain[at], target));
  const [said, setSaid] = useState("");
  const change = (next: TargetRef[], what: string) => {
    onChange(next);
    setSaid(what);
  };
  return (
    <section aria-labelledby="chain-heading" className="flex flex-col gap-3">
      <h3 id="chain-heading" className="text-sm font-medium">
        Targets, tried in this order
      </h3>
      {isUnchanged && <ProblemsBeside problems={problems.filter((problem) => problem.field === field)} />}
      {chain.length === 0 ? (
        <p className="panel p-3 text-sm text-ink-muted">No target yet. Add the model that is to be asked first.</p>
      ) : (
        <ol className="panel divide-y">
          {chain.map((target, at) => {
            const name = `${target.model} at ${formatProvider(target.provider)}`;
            const isSaved = isSame(savedChain[at], target);
            return (
              <li key={keyOf(target)} className="flex flex-col gap-1 p-2 pl-3">
                <div className="flex items-center gap-2">
                  <span aria-hidden className="figures w-3 shrink-0 text-ink-subtle">
                    {at + 1}
                  </span>
                  <TargetName target={target} connections={connections} />
                  <span className="flex shrink-0">
                    <Button
                      variant="quiet"
                      size="icon"
                      aria-label={`Move ${name} up`}
                      disabled={at === 0}
                      focusableWhenDisabled
                      onClick={() => change(moveTarget(chain, at, -1), `${name} is now number ${at}.`)}
                    >
                      <ArrowUp aria-hidden className="size-3.5" />
                    </Button>
                    <Button
                      variant="quiet"
                      size="icon"
                      aria-label={`Move ${name} down`}
                      disabled={at === chain.length - 1}
                      focusableWhenDisabled
                      onClick={() => change(moveTarget(chain, at, 1), `${name} is now number ${at + 2}.`)}
                    >
                      <ArrowDown aria-hidden className="size-3.5" />
                    </Button>
                    <Button
                      variant="quiet"
                      size="icon"
                      aria-label={`Remove ${name}`}
                      onClick={() =>
                        change(
                          chain.filter((_, other) => other !== at),
                          `${name} is removed.`,
                        )
                      }
                    >
                      <X aria-hidden className="size-3.5" />
                    </Button>
                  </span>
                </div>
                {isSaved && (
                  <ProblemsBeside problems={problems.filter((problem) => problem.field === `${field}.${at}`)} />
                )}
              </li>
            );
          })}
        </ol>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <AddTarget
        tenant={tenant}
        mode={mode}
        chain={chain}
        functions={functions}
        onAdd={(target) => change([...chain, target], `${target.model} is added as number ${chain.length + 1}.`)}
      />
    </section>
  );
}

function TargetName({ target, connections }: { target: TargetRef; connections: readonly OwnConnection[] }) {
  const { provider, model, connectionId } = target;
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
      <ProviderName provider={provider} />
      <span className="figures text-sm break-all">{model}</span>
      {connectionId !== null && (
        <Badge>{connections.find(({ id }) => id === connectionId)?.name ?? "a connection that is gone"}</Badge>
      )}
    </span>
  );
}

function ProblemsBeside({ problems }: { problems: readonly Problem[] }) {
  return problems.map(({ severity, message }) => (
    <p key={message} className={severity === "error" ? "text-sm text-bad" : "text-sm text-warn"}>
      <span className="font-medium">{severity === "error" ? "Problem: " : "Note: "}</span>
      {message}
    </p>
  ));
}

function keyOf({ provider, model, connectionId }: TargetRef): string {
  return `${provider}/${model} ${connectionId ?? ""}`;
}

function isSame(one: TargetRef | undefined, other: TargetRef): boolean {
  return one !== undefined && keyOf(one) === keyOf(other);
}
