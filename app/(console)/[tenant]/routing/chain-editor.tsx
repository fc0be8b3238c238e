"use client";

import { useState } from "react";
import type { Mode } from "#components/routing/mode-texts.ts";
import type { Problem } from "#components/routing/problems.tsx";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { AddTarget } from "./add-target.tsx";
import type { TargetRef } from "./edit-config.ts";
import type { FunctionRow } from "./function-row.ts";
import { ProblemsBeside } from "./problems-beside.tsx";
import { TargetList } from "./target-list.tsx";
import { isSameTarget, targetName } from "./target-ref.ts";

interface ChainEditorProps {
  tenant: string;
  mode: Mode;
  chain: readonly TargetRef[];
  /** What the problems were found in: they stand beside a target only while it is the same. */
  savedChain: readonly TargetRef[];
  /** The chain's place in the configuration. */
  field: string;
  problems: readonly Problem[];
  usualPatience: RouteDraftDto["usualPatience"];
  functions: readonly FunctionRow[];
  onChange: (chain: TargetRef[]) => void;
}

/** A chain as a list that is put in order, added to and taken from, and what is wrong with it. */
export function ChainEditor(props: ChainEditorProps) {
  const { tenant, mode, chain, savedChain, field, problems, usualPatience, functions, onChange } = props;
  const [said, setSaid] = useState("");
  const isUnchanged =
    chain.length === savedChain.length && chain.every((target, at) => isSameTarget(savedChain[at], target));
  const problemsOf = (place: string) => problems.filter((problem) => problem.field === place);
  const change = (next: TargetRef[], what: string) => {
    onChange(next);
    setSaid(what);
  };
  return (
    <section aria-labelledby="chain-heading" className="flex flex-col gap-3">
      <h3 id="chain-heading" className="text-sm font-medium">
        Targets, tried in this order
      </h3>
      {isUnchanged && <ProblemsBeside problems={problemsOf(field)} />}
      {chain.length === 0 ? (
        <p className="panel p-3 text-sm text-ink-muted">No target yet. Add the model that is to be asked first.</p>
      ) : (
        <TargetList
          tenant={tenant}
          chain={chain}
          usualPatience={usualPatience}
          problemsAt={(at, target) => (isSameTarget(savedChain[at], target) ? problemsOf(`${field}.${at}`) : [])}
          onMove={change}
          onEdit={onChange}
        />
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <AddTarget
        tenant={tenant}
        mode={mode}
        chain={chain}
        functions={functions}
        onAdd={(target) => change([...chain, target], `${targetName(target)} is added as number ${chain.length + 1}.`)}
      />
    </section>
  );
}
