"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";

interface SwitchProps {
  label: string;
  description: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isReadOnly?: boolean;
}

/** On or off, with a sentence on what on means. */
export function Switch({ label, description, isOn, onChange, isReadOnly }: SwitchProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Switch.Root is the control
    <label className="flex items-start gap-3">
      <BaseSwitch.Root
        checked={isOn}
        onCheckedChange={onChange}
        readOnly={isReadOnly}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-description`}
        className="mt-0.5 flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 data-checked:border-accent-line data-checked:bg-accent-line"
      >
        <BaseSwitch.Thumb className="size-3.5 rounded-full bg-ink-subtle transition-transform data-checked:translate-x-4 data-checked:bg-surface" />
      </BaseSwitch.Root>
      <span className="flex flex-col gap-0.5">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        <span id={`${id}-description`} className="max-w-prose text-sm text-ink-muted">
          {description}
        </span>
      </span>
    </label>
  );
}
