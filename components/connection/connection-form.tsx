"use client";

import { type FormEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { useCreateConnection, useTestConnection, useUpdateConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto, OwnConnectionDto } from "#lib/services/connections/schemas.ts";
import { PriceFields, type PriceKind, readPrice } from "./price-fields.tsx";
import { type Provider, ProviderFields } from "./provider-fields.tsx";
import { readEntered } from "./read-entered.ts";
import { Refusal } from "./refusal.tsx";
import { RegionField } from "./region-field.tsx";
import { TestOutcome } from "./test-outcome.tsx";
import { useProblems } from "./use-problems.ts";

interface ConnectionFormProps {
  tenant: string;
  provider: Provider;
  /** The connection that is changed; null: a new one is made. */
  connection: ConnectionDto | null;
  /** What a new one is called until somebody says otherwise. */
  suggestedName: string;
  /** `wasTested`: so that what is saved shows a test of its own. */
  onSaved: (saved: OwnConnectionDto, wasTested: boolean) => void;
  onCancel: () => void;
}

/** An account's form, with a test of what is in it before anything is saved. */
export function ConnectionForm(props: ConnectionFormProps) {
  const { tenant, provider, connection, suggestedName, onSaved, onCancel } = props;
  const form = useRef<HTMLFormElement>(null);
  const problems = useProblems(form);
  const own = connection?.own ?? null;
  const [priceKind, setPriceKind] = useState<PriceKind>(own?.price?.kind ?? "none");
  const test = useTestConnection(tenant);
  const create = useCreateConnection(tenant);
  const update = useUpdateConnection(tenant);
  const isSaving = create.isPending || update.isPending;

  const read = () => {
    const data = new FormData(form.current ?? undefined);
    const { price, errors } = readPrice(priceKind, data);
    return { data, price, errors, ...readEntered(provider, own, data) };
  };
  const runTest = () => {
    problems.clear();
    const { data, fields, regions } = read();
    const account = connection === null ? { provider: provider.id } : { id: connection.id };
    const model = String(data.get("model") ?? "").trim() || undefined;
    test.mutate({ ...account, fields, regions, model }, { onError: problems.take });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (isSaving) return;
    problems.clear();
    const { data, fields, regions, price, errors } = read();
    if (Object.keys(errors).length > 0) return problems.show(errors);
    const common = { name: String(data.get("name") ?? ""), fields, regions, price };
    const done = {
      onError: problems.take,
      onSuccess: (saved: OwnConnectionDto) => {
        toast.success(connection === null ? `${saved.name} is connected` : `${saved.name} is changed`);
        onSaved(saved, test.data !== undefined);
      },
    };
    if (connection === null) create.mutate({ provider: provider.id, ...common }, done);
    else update.mutate({ id: connection.id, ...common }, done);
  };
  const saveWords =
    connection !== null ? "Save" : provider.hosting === "cloud" ? "Add the connection" : "Add the server";
  return (
    <form ref={form} onSubmit={save} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        <Field name="name" label="Name" hint="What people here call it." error={problems.fields.name}>
          <Input defaultValue={connection?.name ?? suggestedName} autoComplete="off" maxLength={80} />
        </Field>
        <ProviderFields fields={provider.fields} regions={provider.regions} own={own} errors={problems.fields} />
        <RegionField
          tenant={tenant}
          provider={provider}
          entered={own?.enteredRegions ?? []}
          error={problems.fields.regions}
        />
        <PriceFields
          hosting={provider.hosting}
          kind={priceKind}
          onKind={setPriceKind}
          price={own?.price ?? null}
          errors={problems.fields}
        />
        <Field
          name="model"
          label="Model to test (optional)"
          hint="Left blank, one that the account has. It is only used for the test."
          error={problems.fields.model}
        >
          <Input autoComplete="off" spellCheck={false} className="figures" />
        </Field>
        <Refusal title={test.error ? "It was not tested" : "It was not saved"} error={problems.rest} />
        <TestOutcome isRunning={test.isPending} result={test.data ?? null} />
        <p className="text-xs text-ink-subtle">
          <a href={provider.docsUrl} target="_blank" rel="noreferrer" className="underline underline-offset-2">
            {provider.name}’s documentation
          </a>
        </p>
      </div>
      <div className="flex flex-wrap gap-2 border-t p-4">
        <Button type="submit" variant="primary" disabled={isSaving} focusableWhenDisabled>
          {isSaving ? "Saving…" : saveWords}
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
