"use client";

import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";

interface PlaceListProps {
  label: string;
  /** `region`. */
  one: string;
  hint: string;
  places: readonly string[];
  suggestions: readonly string[];
  isReadOnly: boolean;
  /** What the server says is wrong with one of them. */
  error: string | undefined;
  onChange: (places: string[]) => void;
}

/** Names that are added one by one or pasted many at once, and taken out by a button. */
export function PlaceList({ label, one, hint, places, suggestions, isReadOnly, error, onChange }: PlaceListProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const add = () => {
    const named = text
      .split(/[\s,;]+/)
      .map((place) => place.trim().toLowerCase())
      .filter((place) => place !== "");
    if (named.length === 0) return setWrong(`Name a ${one}.`);
    const path = named.find((place) => place.includes("/"));
    if (path !== undefined) return setWrong(`${path} is no ${one}: leave out the scheme and the path.`);
    onChange([...new Set([...places, ...named])].sort());
    setText("");
    setWrong(undefined);
  };
  const addByEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return (
    <div className="flex flex-col gap-3">
      {isReadOnly ? (
        <p className="text-sm font-medium">{label}</p>
      ) : (
        <Field label={label} name={one} hint={hint} error={wrong ?? error}>
          <div className="flex gap-2">
            <Input
              value={text}
              onValueChange={(value: string) => {
                setText(value);
                setWrong(undefined);
              }}
              onKeyDown={addByEnter}
              list={`${id}-known`}
              autoComplete="off"
              spellCheck={false}
            />
            <Button className="h-9" onClick={add}>
              <Plus aria-hidden className="size-3.5" />
              Add {one}
            </Button>
          </div>
        </Field>
      )}
      <datalist id={`${id}-known`}>
        {suggestions
          .filter((known) => !places.includes(known))
          .map((known) => (
            <option key={known} value={known} />
          ))}
      </datalist>
      {places.length === 0 ? (
        <p className="text-sm text-ink-subtle">None named.</p>
      ) : (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {places.map((place) => (
            <li
              key={place}
              className="figures inline-flex min-h-7 items-center gap-1 rounded-sm border bg-sunken px-2 text-sm break-all"
            >
              {place}
              {!isReadOnly && (
                <button
                  type="button"
                  aria-label={`Remove ${place}`}
                  onClick={() => onChange(places.filter((other) => other !== place))}
                  className="-mr-1 inline-flex size-6 items-center justify-center rounded-sm text-ink-muted hover:text-ink"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
