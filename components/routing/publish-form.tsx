"use client";

import type { FormEvent, ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { ApiError } from "#lib/queries/api-error.ts";
import { Refusal } from "./refusal.tsx";

const NOTE_MAX_LENGTH = 200;

interface PublishFormProps {
  /** On the button: `Publish`. */
  action: string;
  error: Error | null;
  isPending: boolean;
  isBlocked?: boolean;
  onPublish: (note: string) => void;
  /** Other buttons, after the first. */
  children?: ReactNode;
}

/** A note and the button that puts a change in force. */
export function PublishForm({ action, error, isPending, isBlocked = false, onPublish, children }: PublishFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBlocked) onPublish(String(new FormData(event.currentTarget).get("note") ?? ""));
  };
  return (
    <form onSubmit={submit} className="panel flex flex-col gap-4 p-4">
      <Field
        label="Note (optional)"
        name="note"
        hint="Why, for those who look at this version later."
        error={error instanceof ApiError ? error.fields.note : undefined}
      >
        <Input maxLength={NOTE_MAX_LENGTH} autoComplete="off" />
      </Field>
      <Refusal title="Nothing was published" error={error} shown={["note"]} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" disabled={isPending || isBlocked} focusableWhenDisabled>
          {isPending ? "Publishing…" : action}
        </Button>
        {children}
        <p className="text-sm text-ink-muted">Takes effect on the next call. Calls under way end as they began.</p>
      </div>
    </form>
  );
}
