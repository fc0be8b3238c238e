import { useId } from "react";
import { Input } from "#components/ui/field.tsx";

interface SuggestInputProps {
  defaultValue: string;
  suggestions: readonly string[];
}

/** A text input, inside a `Field`, that offers what is known in the browser's own list and takes every other word too. */
export function SuggestInput({ defaultValue, suggestions }: SuggestInputProps) {
  const listId = useId();
  return (
    <>
      <Input defaultValue={defaultValue} list={listId} autoComplete="off" spellCheck={false} className="figures" />
      <datalist id={listId}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  );
}
