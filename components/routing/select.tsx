"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useIsHydrated } from "#components/ui/use-from-browser.ts";

interface SelectProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  isDisabled?: boolean;
}

/** One of many, inside a `Field`. The browser's own list: it is searched by typing and at home on phones. */
export function Select<Value extends string>({ value, onChange, options, isDisabled }: SelectProps<Value>) {
  // Before, the browser would show a choice that nothing has been told of. It is soon over: no looks of its own.
  const isHydrated = useIsHydrated();
  return (
    <span className="relative flex">
      <BaseField.Control
        value={value}
        disabled={isDisabled || !isHydrated}
        onValueChange={(chosen) => onChange(chosen as Value)}
        render={
          <select
            className={clsx(
              "h-9 w-full appearance-none rounded-md border border-line-strong pr-9 pl-3 text-base",
              isDisabled ? "bg-sunken text-ink-subtle" : "bg-surface text-ink",
            )}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        }
      />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2.5 right-3 size-4 text-ink-subtle" />
    </span>
  );
}
