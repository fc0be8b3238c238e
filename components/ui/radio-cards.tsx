"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

interface RadioCard<Value extends string> {
  value: Value;
  title: string;
  description: ReactNode;
  badge?: ReactNode;
}

interface RadioCardsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  isReadOnly?: boolean;
  /** The id of the sentence that says why it is read-only. */
  describedBy?: string;
  cards: readonly RadioCard<Value>[];
}

/** A choice of a few where each needs a few words. Arrow keys move between them. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <RadioGroup
      aria-label={props.label}
      aria-describedby={props.describedBy}
      value={props.value}
      onValueChange={props.onChange}
      readOnly={props.isReadOnly}
      className="grid gap-3 md:grid-cols-3"
    >
      {props.cards.map((card) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: Radio.Root is the control
        <label
          key={card.value}
          className={clsx(
            "panel flex gap-3 p-4 has-data-checked:border-accent-line has-data-checked:bg-accent-soft",
            !props.isReadOnly && "cursor-pointer hover:border-line-strong",
          )}
        >
          <Radio.Root
            value={card.value}
            aria-labelledby={`${id}-${card.value}-title`}
            aria-describedby={`${id}-${card.value}-description`}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent-line"
          >
            <Radio.Indicator className="size-2 rounded-full bg-accent-line data-unchecked:hidden" />
          </Radio.Root>
          <span className="flex min-w-0 flex-col gap-1">
            <span className="flex flex-wrap items-center gap-2">
              <span id={`${id}-${card.value}-title`} className="font-semibold">
                {card.title}
              </span>
              {card.badge}
            </span>
            <span id={`${id}-${card.value}-description`} className="text-sm text-ink-muted">
              {card.description}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
