"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}

/** One of a few short words in a row: a range, a view. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={onChange}
      className="inline-flex shrink-0 rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          className="flex h-6 min-w-9 cursor-pointer items-center justify-center rounded-sm px-2 text-sm whitespace-nowrap text-ink-muted hover:text-ink data-checked:bg-surface data-checked:font-medium data-checked:text-accent-line data-checked:outline-1 data-checked:outline-line focus-visible:outline-2 focus-visible:outline-focus"
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
