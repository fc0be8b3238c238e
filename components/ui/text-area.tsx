import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps } from "react";

/** Several lines, inside a `Field`. */
export function TextArea(props: ComponentProps<"textarea">) {
  return (
    <BaseField.Control
      render={
        <textarea
          rows={4}
          {...props}
          className="figures min-h-20 w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-sm text-ink placeholder:text-ink-subtle data-invalid:border-bad disabled:bg-sunken"
        />
      }
    />
  );
}
