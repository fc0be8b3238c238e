"use client";

import { useState } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Provider } from "./provider-fields.tsx";

interface ProviderChoiceProps {
  providers: readonly Provider[];
  onChoose: (provider: Provider) => void;
}

/** Which provider a new connection goes to. */
export function ProviderChoice({ providers, onChoose }: ProviderChoiceProps) {
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const shown = providers.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
      {providers.length > FEW && (
        <Field name="filter" label="Provider">
          <Input
            value={filter}
            onValueChange={setFilter}
            placeholder="Filter by name"
            type="search"
            autoComplete="off"
          />
        </Field>
      )}
      <ul className="grid gap-2 sm:grid-cols-2" aria-label="Providers">
        {shown.map((provider) => (
          <li key={provider.id}>
            <button
              type="button"
              onClick={() => onChoose(provider)}
              className="panel flex min-h-10 w-full items-center px-3 text-left hover:border-line-strong hover:bg-hover"
            >
              <ProviderName provider={provider.id} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="text-ink-muted">
          No provider is called that. Any server that speaks OpenAI’s wire can be added under Self-hosted.
        </p>
      )}
    </div>
  );
}

const FEW = 8;
