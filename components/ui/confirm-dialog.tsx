"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Notice } from "#components/feedback/notice.tsx";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field, Input } from "./field.tsx";

interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  isOverSheet?: boolean;
  /** The name that has to be typed. */
  name: string;
  /** The button's words: `Delete the connection`. */
  action: string;
  isPending: boolean;
  /** Why it was not done. */
  error: Error | null;
  onConfirm: () => void;
  /** What will be the case then. */
  children: ReactNode;
}

/** For what cannot be undone: names the consequences, and wants the name typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={props.title} isOverSheet={props.isOverSheet}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

function ConfirmForm({ name, action, isPending, error, onConfirm, onClose, children }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const isSame = typed.trim() === name.trim();
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (isSame && !isPending) onConfirm();
  };
  return (
    <form onSubmit={confirm} className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
      <div className="flex flex-col gap-2 text-ink-muted">{children}</div>
      <Field label={`Type ${name} to go on`} name="confirm">
        <Input value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
      </Field>
      {error && (
        <Notice tone="bad" role="alert" title="It was not done">
          <p>{error.message}</p>
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" disabled={!isSame || isPending} focusableWhenDisabled>
          {isPending ? "Working…" : action}
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </form>
  );
}
