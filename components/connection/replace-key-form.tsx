"use client";

import { type FormEvent, useRef } from "react";
import { toast } from "sonner";
import { Notice } from "#components/feedback/notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { useReplaceSecrets, useTestConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { type Provider, ProviderFields } from "./provider-fields.tsx";
import { readEntered } from "./read-entered.ts";
import { Refusal } from "./refusal.tsx";
import { TestOutcome } from "./test-outcome.tsx";
import { useProblems } from "./use-problems.ts";

interface ReplaceKeyFormProps {
  tenant: string;
  provider: Provider;
  connection: ConnectionDto;
  /** `wasTested`: so that what is saved shows a test of its own. */
  onReplaced: (wasTested: boolean) => void;
  onCancel: () => void;
}

/** New secrets in place of those that are stored, which nobody can read any more. */
export function ReplaceKeyForm({ tenant, provider, connection, onReplaced, onCancel }: ReplaceKeyFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const problems = useProblems(form);
  const replace = useReplaceSecrets(tenant);
  const test = useTestConnection(tenant);
  const secretFields = provider.fields.filter(({ isSecret }) => isSecret);
  const read = () => {
    const { fields } = readEntered(provider, null, new FormData(form.current ?? undefined));
    return Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null));
  };
  const runTest = () => {
    problems.clear();
    test.mutate({ id: connection.id, fields: read() }, { onError: problems.take });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (replace.isPending) return;
    problems.clear();
    replace.mutate(
      { id: connection.id, secrets: read() },
      {
        onError: problems.take,
        onSuccess: ({ own }) => {
          const ending = own.secretHint === null ? "" : `, which ends in ${own.secretHint}`;
          toast.success(`${connection.name} has a new key${ending}`);
          onReplaced(test.data !== undefined);
        },
      },
    );
  };
  return (
    <form ref={form} onSubmit={save} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        {(connection.own?.secretFields.length ?? 0) > 0 && (
          <Notice title="The stored key cannot be shown">
            <p>Enter the new one whole. Calls under way end with the old one, the next call takes the new one.</p>
          </Notice>
        )}
        <ProviderFields fields={secretFields} own={null} errors={problems.fields} />
        <Refusal title={test.error ? "It was not tested" : "The key was not replaced"} error={problems.rest} />
        <TestOutcome isRunning={test.isPending} result={test.data ?? null} />
      </div>
      <div className="flex flex-wrap gap-2 border-t p-4">
        <Button type="submit" variant="primary" disabled={replace.isPending} focusableWhenDisabled>
          {replace.isPending ? "Replacing…" : "Replace the key"}
        </Button>
        <Button onClick={runTest} disabled={test.isPending} focusableWhenDisabled>
          {test.isPending ? "Testing…" : "Test"}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
