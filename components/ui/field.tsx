"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

interface FieldProps {
  label: string;
  name: string;
  hint?: ReactNode;
  /** Shown beside the control and read out when it appears. */
  error?: string;
  children: ReactNode;
}

/** A label, a control, and what is wrong with it. */
export function Field({ label, name, hint, error, children }: FieldProps) {
  return (
    <BaseField.Root name={name} invalid={Boolean(error)} className="flex flex-col gap-1.5">
      <BaseField.Label className="text-sm font-medium">{label}</BaseField.Label>
      {children}
      {hint && <BaseField.Description className="text-xs text-ink-subtle">{hint}</BaseField.Description>}
      <div aria-live="polite">
        {error && (
          <BaseField.Error match className="text-sm text-bad">
            {error}
          </BaseField.Error>
        )}
      </div>
    </BaseField.Root>
  );
}

export function Input({ className, ...props }: ComponentProps<typeof BaseField.Control> & { className?: string }) {
  return (
    <BaseField.Control
      {...props}
      className={clsx(
        "h-9 w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-ink-subtle",
        "data-invalid:border-bad disabled:bg-sunken disabled:text-ink-subtle",
        className,
      )}
    />
  );
}
